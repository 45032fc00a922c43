//! `shared-network/missing-name`

use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A shared network has no `name`, or an empty one.
    ///
    /// ## Why
    /// Kea refuses it: commands and statistics call a shared network by its name.
    "shared-network/missing-name", Error, arm: "dhcp4-srv.html#shared-networks-in-dhcpv4", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"shared-networks": [{"subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}]}]}}"#),
        Example::new(r#"{"Dhcp6": {"shared-networks": [{"name": ""}]}}"#),
    ],
    good: [Example::new(r#"{"Dhcp4": {"shared-networks": [{"name": "floor 1"}]}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for network in review.objects.networks() {
        let finding = match network.get(Key::Name) {
            None => RULE.at_map(network.element, "this shared network has no `name`"),
            Some(name) if name.as_str().is_some_and(|name| name.is_empty()) => {
                RULE.at(name, "the `name` of this shared network is empty")
            }
            Some(_) => continue,
        };
        out.push(finding.help("give it a name of its own"));
    }
}
