//! `reservation/duplicate-identifier`

use super::{identifiers, invalid_identifier, read_identifier};
use crate::{
    Family,
    net::Identifier,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// Two reservations of one subnet, or two global ones, are for one client.
    ///
    /// ## Why
    /// Kea refuses the second: it could not tell which one to use. The same client may have a reservation in another
    /// subnet, and global ones beside. DHCPv6 does not compare `flex-id`.
    "reservation/duplicate-identifier", Error, arm: "dhcp4-srv.html#conflicts-in-dhcpv4-reservations", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"reservations": [
                {"hw-address": "1a:1b:1c:1d:1e:1f", "hostname": "a"}, {"hw-address": "1A1B1C1D1E1F", "hostname": "b"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"reservations": [
                {"hw-address": "1a:1b:1c:1d:1e:1f", "hostname": "a"}, {"hw-address": "1a:1b:1c:1d:1e:20", "hostname": "b"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"reservations": [
                {"hw-address": "1a:1b:1c:1d:1e:1f", "hostname": "a"}, {"client-id": "1a:1b:1c:1d:1e:1f", "hostname": "b"}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let mut seen: Vec<(Key, Identifier, usize)> = Vec::new();
    for group in review.objects.reservation_groups() {
        seen.clear();
        let is_alone = group.len() == 1;
        for reservation in review.objects.group(group) {
            let Some((key, element)) = identifiers(review.family, reservation.object).last() else {
                continue;
            };
            let Some(text) = element.as_byte_text() else { continue };
            match read_identifier(key, &text, review.version) {
                // Kea does not compare empty ones.
                Ok(identifier) if is_alone || identifier.bytes().is_empty() => {}
                Ok(_) if review.family == Family::V6 && key == Key::FlexId => {}
                Ok(identifier) => seen.push((key, identifier, reservation.place())),
                Err(trouble) => out.push(invalid_identifier::finding(review, key, element, trouble)),
            }
        }
        seen.sort_unstable();
        for (one, other) in seen.iter().zip(seen.iter().skip(1)) {
            if one.0 == other.0 && one.1 == other.1 {
                report(review, one.0, (one.2, other.2), out);
            }
        }
    }
}

fn report(review: &Review<'_>, key: Key, (first, second): (usize, usize), out: &mut Findings) {
    let place = |place: usize| {
        let reservation = review.objects.group(place..place + 1).next()?;
        reservation.object.get(key)
    };
    let (Some(first), Some(second)) = (place(first), place(second)) else { return };
    let finding = RULE.at(second, format!("another reservation beside has this `{}`", key.name()));
    out.push(
        finding
            .related(first, "the other reservation")
            .help("keep one of the two, with all that is reserved"),
    );
}
