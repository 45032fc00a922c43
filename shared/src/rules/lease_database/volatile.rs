//! `lease-database/volatile`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// The leases are kept in memory only.
    ///
    /// ## Why
    /// With `"persist": false` every restart forgets who has which address, and Kea gives addresses away that are in
    /// use. It is meant for measurements.
    ///
    /// ## Use instead
    /// Take `persist` out: Kea writes its leases to a file then.
    "lease-database/volatile", Warning, arm: "dhcp4-srv.html#memfile-basic-storage-for-leases", check,
    bad: [Example::new(r#"{"Dhcp4": {"lease-database": {"type": "memfile", "persist": false}}}"#)],
    good: [Example::new(r#"{"Dhcp4": {"lease-database": {"type": "memfile", "lfc-interval": 3600}}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let Some(database) = review.root.get("lease-database") else { return };
    let Some(persist) = database.get("persist").filter(|persist| persist.as_bool() == Some(false)) else {
        return;
    };
    if database.text("type").is_some_and(|kind| kind == "memfile") {
        let finding = RULE.at_key(persist, "every restart forgets all leases");
        out.push(finding.help("take `persist` out").fix("take `persist` out", persist.remove()));
    }
}
