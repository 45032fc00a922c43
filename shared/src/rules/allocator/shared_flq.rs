//! `allocator/shared-flq`

use super::allocators;
use crate::{
    KeaVersion,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// An `allocator` is `shared-flq` where the leases are in a file.
    ///
    /// ## Why
    /// Kea refuses it: servers share this queue of free leases through their database, MySQL or PostgreSQL. The
    /// queue is there since 3.1.8.
    ///
    /// ## Use instead
    /// `flq`, or a `lease-database` of type `mysql` or `postgresql`.
    "allocator/shared-flq", Error, arm: "dhcp4-srv.html#address-allocation-strategies-in-dhcpv4", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "allocator": "shared-flq"}]}}"#)
            .from(3, 1, 8),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"lease-database": {"type": "mysql", "name": "kea"},
            "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "allocator": "shared-flq"}]}}"#).from(3, 1, 8),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "allocator": "flq"}]}}"#)
            .from(2, 4, 0),
    ],
}

/// The first version that has the allocator.
pub(super) const SINCE: KeaVersion = KeaVersion::new(3, 1, 8);

fn check(review: &Review<'_>, out: &mut Findings) {
    let database = review.root.get("lease-database");
    let kind = database.and_then(|database| database.text("type"));
    if review.version < SINCE || matches!(kind.as_deref(), Some("mysql" | "postgresql")) {
        return;
    }
    for element in allocators(&review.objects, Key::Allocator) {
        if element.as_str().is_some_and(|text| text == "shared-flq") {
            let finding = RULE.at(element, "`shared-flq` needs leases in MySQL or PostgreSQL");
            out.push(finding.help("write flq").fix("write flq", element.replace_text("\"flq\"".to_owned())));
        }
    }
}
