//! `reservation/duplicate-address`

use crate::{
    Family,
    rules::{
        Example, Findings, Review,
        objects::{Key, ReservedKind},
        rule,
    },
};
use std::ops::Range;

rule! {
    /// An address or prefix is reserved twice in one subnet, or twice globally.
    ///
    /// ## Why
    /// Kea refuses the second, unless `ip-reservations-unique` is `false`. One reservation cannot have the same twice in
    /// any case. For DHCPv6, what counts is the address: a prefix and an address, or two prefixes of different lengths,
    /// are the same when they begin alike.
    "reservation/duplicate-address", Error, arm: "dhcp4-srv.html#multiple-reservations-for-the-same-ip", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"reservations": [
                {"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.2.9"},
                {"hw-address": "2a:2b:2c:2d:2e:2f", "ip-address": "192.0.2.9"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"ip-reservations-unique": false, "reservations": [
                {"duid": "01:02:03:04", "ip-addresses": ["2001:db8::9", "2001:db8::9"]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"reservations": [
                {"duid": "01:02:03:04", "prefixes": ["2001:db8::/64"]},
                {"duid": "01:02:03:05", "prefixes": ["2001:db8::/56"]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"ip-reservations-unique": false, "reservations": [
                {"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.2.9"},
                {"hw-address": "2a:2b:2c:2d:2e:2f", "ip-address": "192.0.2.9"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"reservations": [
                {"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.2.9"},
                {"hw-address": "2a:2b:2c:2d:2e:2f", "ip-address": "192.0.2.10"}]}}"#,
        ),
    ],
}

/// What is reserved: its number, whether it is a prefix, its length, the reservation, and where it stands there.
type Taken = (u128, ReservedKind, u8, usize, usize);

fn check(review: &Review<'_>, out: &mut Findings) {
    let unique = review.objects.global().bool(Key::IpReservationsUnique) != Some(false);
    let mut taken: Vec<Taken> = Vec::new();
    for group in review.objects.reservation_groups() {
        if unique {
            compare(review, group, &mut taken, |_, _| true, out);
        } else if review.family == Family::V6 {
            let is_twice = |one: &Taken, other: &Taken| (one.1, one.2, one.3) == (other.1, other.2, other.3);
            compare(review, group, &mut taken, is_twice, out);
        }
    }
}

/// Looks for those of a group that begin with one address.
fn compare(
    review: &Review<'_>,
    group: Range<usize>,
    taken: &mut Vec<Taken>,
    is_refused: impl Fn(&Taken, &Taken) -> bool,
    out: &mut Findings,
) {
    taken.clear();
    for reservation in review.objects.group(group) {
        taken.extend(reservation.reserved().iter().enumerate().filter_map(|(index, reserved)| {
            let prefix = reserved.value.ok()?;
            Some((prefix.number(), reserved.kind, prefix.length(), reservation.place(), index))
        }));
    }
    if taken.len() < 2 {
        return;
    }
    taken.sort_unstable();
    let place = |(_, _, _, place, index): &Taken| {
        let reservation = review.objects.group(*place..*place + 1).next()?;
        Some(review.objects.element(reservation.reserved().get(*index)?.at))
    };
    for (one, other) in taken.iter().zip(taken.iter().skip(1)) {
        if one.0 != other.0 || !is_refused(one, other) {
            continue;
        }
        let (first, second) = if (one.3, one.4) < (other.3, other.4) { (one, other) } else { (other, one) };
        let (Some(first), Some(second)) = (place(first), place(second)) else { continue };
        let text = second.as_str().unwrap_or_default();
        let finding = RULE.at(second, format!("`{text}` is reserved already"));
        out.push(
            finding
                .related(first, "the other reservation")
                .help("reserve another one, or remove one of the two"),
        );
    }
}
