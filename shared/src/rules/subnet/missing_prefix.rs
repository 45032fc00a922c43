//! `subnet/missing-prefix`

use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A subnet has no `subnet`.
    ///
    /// ## Why
    /// Kea refuses it: the prefix says which addresses the subnet has.
    ///
    /// ## Use instead
    /// `{ "id": 1, "subnet": "192.0.2.0/24" }`
    "subnet/missing-prefix", Error, arm: "dhcp4-srv.html#ipv4-subnet-prefix", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1}]}}"#),
        Example::new(r#"{"Dhcp6": {"shared-networks": [{"name": "floor", "subnet6": [{"id": 1}]}]}}"#),
    ],
    good: [Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}]}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for subnet in review.objects.subnets().filter(|subnet| !subnet.object.has(Key::Subnet)) {
        let finding = RULE.at_map(subnet.object.element, "this subnet has no `subnet`");
        out.push(finding.help("add `subnet` with its prefix, such as 192.0.2.0/24 or 2001:db8::/64"));
    }
}
