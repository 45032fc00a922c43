//! `reservation/nothing-reserved`

use crate::{
    Family,
    json::Element,
    net::parse_address,
    rules::{
        Example, Findings, Review,
        objects::{Key, Object},
        rule,
    },
};

rule! {
    /// A reservation reserves nothing.
    ///
    /// ## Why
    /// Kea before 2.4 refuses it: besides the identifier, it wants an address, a prefix, a name, a class, an option, or
    /// one of `next-server`, `server-hostname` and `boot-file-name`. Newer ones accept it.
    "reservation/nothing-reserved", Error, arm: "dhcp4-srv.html#host-reservations-in-dhcpv4", check,
    bad: [Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f"}]}}"#).before(2, 3, 6)],
    good: [
        Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "hostname": "a"}]}}"#),
        Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f"}]}}"#).from(2, 3, 6),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if !review.objects.before(2, 3, 6) {
        return;
    }
    for reservation in review.objects.reservations() {
        if reservation.reserved().is_empty() && !has_resource(reservation.object) {
            let finding = RULE.at_map(reservation.object.element, "this reservation reserves nothing");
            out.push(finding.help("add what the client shall get: an address, a name, options"));
        }
    }
}

fn has_resource(reservation: Object<'_>) -> bool {
    let has_text = |key| reservation.text(key).is_some_and(|text| !text.is_empty());
    [Key::Hostname, Key::ServerHostname, Key::BootFileName].into_iter().any(has_text)
        || reservation.text(Key::NextServer).is_some_and(|text| parse_address(Family::V4, &text) != Some(0))
        || reservation.list(Key::OptionData).next().is_some()
        || reservation
            .list(Key::ClientClasses)
            .filter_map(Element::as_str)
            .any(|name| !name.trim().is_empty())
}
