//! `reservation/several-identifiers`

use super::identifiers;
use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A reservation has two identifiers.
    ///
    /// ## Why
    /// Kea refuses it: a reservation is found by one identifier.
    ///
    /// ## Use instead
    /// Keep the identifier that the client is sure to send, or write a second reservation.
    "reservation/several-identifiers", Error, arm: "dhcp4-srv.html#host-reservations-in-dhcpv4", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "duid": "01:02:03:04", "hostname": "a"}]}}"#,
        ),
    ],
    good: [Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "hostname": "a"}]}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for reservation in review.objects.reservations() {
        let mut all = identifiers(review.family, reservation.object);
        let Some((first, element)) = all.next() else { continue };
        let Some((second, other)) = all.next() else { continue };
        // Kea looks whether one is set when it meets the next: an empty one is none.
        let mut last = element;
        let mut refused = false;
        for next in [other].into_iter().chain(all.map(|(_, element)| element)) {
            refused |= last.as_str().is_some_and(|text| !text.is_empty());
            last = next;
        }
        if refused {
            let message = format!("`{}` stands beside `{}`", second.name(), first.name());
            let finding = RULE.at(other, message).related(element, "the other identifier");
            out.push(finding.help("keep one identifier"));
        }
    }
}
