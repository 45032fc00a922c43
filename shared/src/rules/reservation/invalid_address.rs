//! `reservation/invalid-address`

use crate::{
    Family,
    net::PrefixError,
    rules::{
        Example, Findings, Review,
        objects::{Reserved, ReservedKind},
        rule,
    },
};

rule! {
    /// A reserved address or prefix cannot be read, or is none that a client can have.
    ///
    /// ## Why
    /// Kea refuses it. Blanks are not ignored here. `0.0.0.0`, `255.255.255.255` and IPv6 multicast addresses cannot be
    /// reserved. A reserved prefix has a length from 1 to 128, and since Kea 2.4 no bits behind it.
    "reservation/invalid-address", Error, arm: "dhcp4-srv.html#address-reservation-types", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": " 192.0.2.9"}]}}"#),
        Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "0.0.0.0"}]}}"#),
        Example::new(r#"{"Dhcp6": {"reservations": [{"duid": "01:02:03:04", "ip-addresses": ["ff02::1"]}]}}"#),
        Example::new(r#"{"Dhcp6": {"reservations": [{"duid": "01:02:03:04", "prefixes": ["2001:db8::"]}]}}"#),
        Example::new(r#"{"Dhcp6": {"reservations": [{"duid": "01:02:03:04", "prefixes": ["2001:db8::1/64"]}]}}"#).from(2, 4, 0),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.2.9"}]}}"#),
        Example::new(r#"{"Dhcp6": {"reservations": [{"duid": "01:02:03:04", "prefixes": ["2001:db8::/64"]}]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for reservation in review.objects.reservations() {
        for reserved in reservation.reserved() {
            let Some(problem) = problem(review.family, reserved) else { continue };
            let element = review.objects.element(reserved.at);
            let text = element.as_str().unwrap_or_default();
            let help = match reserved.kind {
                ReservedKind::Address => "write an address that a client can have, without blanks",
                ReservedKind::Prefix => "write a prefix such as 2001:db8:1::/48, without blanks",
            };
            out.push(RULE.at(element, format!("`{text}` cannot be reserved: {problem}")).help(help));
        }
    }
}

fn problem(family: Family, reserved: &Reserved) -> Option<String> {
    match reserved.value {
        Err(PrefixError::NotAnAddress) => Some("it is no address".into()),
        Err(PrefixError::OtherFamily) => {
            Some(format!("it is no {} address", family.protocol().replace("DHCP", "IP")))
        }
        Err(error) => Some(error.to_string()),
        Ok(prefix) if family == Family::V4 => match prefix.number() {
            0 => Some("no client can have it".into()),
            0xffff_ffff => Some("it is the broadcast address".into()),
            _ => None,
        },
        Ok(_) => None,
    }
}
