//! `subnet/nothing-to-lease`

use crate::{
    json::Element,
    rules::{
        Example, Findings, Review,
        objects::{Key, Object},
        rule,
    },
};

rule! {
    /// A subnet has neither pools nor reservations, and nothing else in the configuration could have some for it.
    ///
    /// ## Why
    /// Kea has no address for its clients. That is meant where clients only ask for options.
    "subnet/nothing-to-lease", Hint, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}]}}"#)],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.8/29"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let global = review.objects.global();
    let elsewhere =
        [Key::Reservations, Key::HostsDatabase, Key::HostsDatabases, Key::ConfigControl, Key::HooksLibraries];
    if elsewhere.into_iter().any(|key| has_some(global, key)) {
        return;
    }
    for subnet in review.objects.subnets().filter(|subnet| subnet.prefix().is_ok()) {
        let own = [Key::Pools, Key::PdPools, Key::Reservations];
        if !own.into_iter().any(|key| has_some(subnet.object, key)) {
            let finding =
                RULE.at_map(subnet.object.element, "this subnet has neither pools nor reservations");
            out.push(finding.help("add a pool, or leave it so for clients that only ask for options"));
        }
    }
}

fn has_some(object: Object<'_>, key: Key) -> bool {
    object.get(key).map(Element::children).is_some_and(|mut children| children.next().is_some())
}
