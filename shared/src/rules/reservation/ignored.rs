//! `reservation/ignored`

use crate::{
    json::Element,
    rules::{
        Example, Findings, Review,
        objects::{Key, Objects, Subnet},
        rule,
    },
};

rule! {
    /// Reservations are where nobody looks for them.
    ///
    /// ## Why
    /// Kea accepts it and never uses them. It looks for a client's reservation in its subnet, unless
    /// `reservations-in-subnet` is `false` there, and among the global ones only where `reservations-global` is `true`.
    /// Both keys are inherited: from the global map by shared networks, and by their subnets.
    "reservation/ignored", Warning, arm: "dhcp4-srv.html#fine-tuning-dhcpv4-host-reservation", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "hostname": "a"}],
                "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.8/29"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"reservations-in-subnet": false, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24",
                "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "hostname": "a"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"reservations-global": true, "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "hostname": "a"}],
                "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.8/29"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24",
                "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "hostname": "a"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let objects = &review.objects;
    let global = objects.global();
    if let Some(reservations) = global.get(Key::Reservations).filter(|list| list.items().next().is_some()) {
        let looks_early = global.bool(Key::EarlyGlobalReservationsLookup) == Some(true);
        let has_mode =
            objects.scopes().any(|scope| scope.has(Key::ReservationMode)) || global.has(Key::ReservationMode);
        let used =
            objects.subnets().any(|subnet| effective(objects, subnet, Key::ReservationsGlobal) == Some(true));
        if !used && !looks_early && !has_mode && objects.subnet_count() > 0 {
            let finding = RULE.at_key(reservations, "no subnet looks for global reservations");
            out.push(
                finding.help("set `reservations-global` to true, here or in the subnets that shall use them"),
            );
        }
    }
    for subnet in objects.subnets() {
        let list = subnet.object.get(Key::Reservations).filter(|list| list.items().next().is_some());
        let Some(reservations) = list else { continue };
        if effective(objects, subnet, Key::ReservationsInSubnet) == Some(false) {
            let finding = RULE.at_key(reservations, "this subnet does not look for its own reservations");
            out.push(
                finding.help("set `reservations-in-subnet` to true, or move them to where they are used"),
            );
        }
    }
}

/// The value of a key that a subnet has or inherits; `None`: nobody sets it.
fn effective(objects: &Objects<'_>, subnet: Subnet<'_>, key: Key) -> Option<bool> {
    let levels = [Some(subnet.object), subnet.network(), Some(objects.global())];
    levels.into_iter().flatten().find_map(|level| level.get(key)).and_then(Element::as_bool)
}
