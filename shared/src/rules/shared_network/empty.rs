//! `shared-network/empty`

use crate::{
    Family,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A shared network has no subnets.
    ///
    /// ## Why
    /// Kea accepts it, and it does nothing.
    "shared-network/empty", Hint, arm: "dhcp4-srv.html#shared-networks-in-dhcpv4", check,
    bad: [Example::new(r#"{"Dhcp4": {"shared-networks": [{"name": "floor"}]}}"#)],
    good: [
        Example::new(
            r#"{"Dhcp4": {"shared-networks": [{"name": "floor", "subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let key = if review.family == Family::V4 { Key::Subnet4 } else { Key::Subnet6 };
    for network in review.objects.networks() {
        let subnets = network.get(key);
        if subnets.is_none_or(|list| list.source().starts_with('[') && list.items().next().is_none()) {
            let finding = RULE.at_map(network.element, "this shared network has no subnets");
            out.push(finding.help("add its subnets, or remove it"));
        }
    }
}
