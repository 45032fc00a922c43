//! `reservation/no-identifier`

use super::{identifier_keys, identifiers};
use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A reservation does not say for which client it is.
    ///
    /// ## Why
    /// Kea refuses it. One of `hw-address`, `duid` and `flex-id` is needed; for DHCPv4 `client-id` and `circuit-id` will
    /// do as well.
    "reservation/no-identifier", Error, arm: "dhcp4-srv.html#host-reservations-in-dhcpv4", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"reservations": [{"ip-address": "192.0.2.9"}]}}"#),
        Example::new(r#"{"Dhcp6": {"reservations": [{"hostname": "printer"}]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.2.9"}]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for reservation in review.objects.reservations() {
        if identifiers(review.family, reservation.object).next().is_none() {
            let names: Vec<_> = identifier_keys(review.family).iter().copied().map(Key::name).collect();
            let finding = RULE.at_map(reservation.object.element, "this reservation has no identifier");
            out.push(finding.help(format!("add one of {}", names.join(", "))));
        }
    }
}
