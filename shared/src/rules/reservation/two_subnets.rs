//! `reservation/two-subnets`

use super::{identifiers, read_identifier};
use crate::{
    net::Identifier,
    rules::{
        Example, Findings, Review,
        objects::{Key, Reservation},
        rule,
    },
};

rule! {
    /// A client has reservations in two subnets of one shared network.
    ///
    /// ## Why
    /// Kea accepts it. The subnets of a shared network are one link: the client gets the reservation of whichever subnet
    /// Kea tries first, not both. Subnets that are for some client classes only are not looked at.
    "reservation/two-subnets", Warning, arm: "dhcp4-srv.html#host-reservations-in-shared-networks", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"shared-networks": [{"name": "floor", "subnet4": [
                {"id": 1, "subnet": "192.0.2.0/24", "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.2.9"}]},
                {"id": 2, "subnet": "192.0.3.0/24", "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.3.9"}]}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [
                {"id": 1, "subnet": "192.0.2.0/24", "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.2.9"}]},
                {"id": 2, "subnet": "192.0.3.0/24", "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.3.9"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let mut seen: Vec<(usize, Key, Identifier, usize, usize)> = Vec::new();
    for reservation in review.objects.reservations() {
        let Some(subnet) = reservation.subnet() else { continue };
        let Some(network) = subnet.network_place() else { continue };
        if subnet.object.has_any(&[Key::ClientClass, Key::ClientClasses]) {
            continue;
        }
        let Some((key, element)) = identifiers(review.family, reservation.object).last() else { continue };
        let identifier =
            element.as_byte_text().and_then(|text| read_identifier(key, &text, review.version).ok());
        seen.extend(
            identifier.map(|identifier| (network, key, identifier, reservation.place(), subnet.place())),
        );
    }
    seen.sort_unstable();
    for (one, other) in seen.iter().zip(seen.iter().skip(1)) {
        if (one.0, one.1, &one.2) != (other.0, other.1, &other.2) || one.4 == other.4 {
            continue;
        }
        let place =
            |place: usize| -> Option<Reservation<'_>> { review.objects.group(place..place + 1).next() };
        let at = |reservation: Reservation<'_>| reservation.object.get(one.1).map(|element| element.id());
        let (Some(first), Some(second)) = (place(one.3).and_then(at), place(other.3).and_then(at)) else {
            continue;
        };
        let finding = RULE.at(
            review.objects.element(second),
            "this client has a reservation in another subnet of the shared network",
        );
        let finding = finding.related(review.objects.element(first), "the other reservation");
        out.push(
            finding.help("keep one of the two, or move what they have in common to the global reservations"),
        );
    }
}
