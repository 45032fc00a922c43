//! `data-directory/path`

use crate::{
    Family, KeaVersion,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// `data-directory` is not the directory that Kea was built for.
    ///
    /// ## Why
    /// Since 2.6.3 Kea refuses every other one, also with a slash at its end. Packages build Kea for `/var/lib/kea`;
    /// the daemon's environment may have another in `KEA_DHCP_DATA_DIR`.
    ///
    /// ## Use instead
    /// Take it out: Kea knows its directory.
    "data-directory/path", Error, arm: "dhcp6-srv.html#starting-and-stopping-the-dhcpv6-server", check,
    bad: [Example::new(r#"{"Dhcp6": {"data-directory": "/srv/kea", "valid-lifetime": 4000}}"#).from(2, 6, 3)],
    good: [Example::new(r#"{"Dhcp6": {"valid-lifetime": 3600}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let value = review.root.get("data-directory").filter(|_| review.family == Family::V6);
    let Some(value) = value.filter(|_| review.version >= KeaVersion::new(2, 6, 3)) else { return };
    let Some(text) = value.as_str().filter(|text| text != "/var/lib/kea") else { return };
    let finding = RULE.at(value, format!("Kea keeps its data in `/var/lib/kea`, not in `{text}`"));
    out.push(finding.help("take it out").fix("take it out", value.remove()));
}
