//! `subnet/invalid-4o6-subnet`

use crate::{
    Family,
    net::{parse_address, unsigned},
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A `4o6-subnet` is no prefix.
    ///
    /// ## Why
    /// Kea refuses it. It wants an address, a `/` and a number, here without blanks.
    "subnet/invalid-4o6-subnet", Error, arm: "dhcp4-srv.html#dhcpv4-over-dhcpv6-dhcpv4-side", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "4o6-subnet": "2001:db8::"}]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "4o6-subnet": "2001:db8::/32"}]}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "4o6-subnet": ""}]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.family == Family::V6 {
        return;
    }
    for subnet in review.objects.subnets() {
        let Some(element) = subnet.object.get(Key::FourOverSixSubnet) else { continue };
        let Some(text) = element.as_str().filter(|text| !text.is_empty()) else { continue };
        if !is_read(&text) {
            let finding = RULE.at(element, format!("`{text}` is no prefix such as 2001:db8::/32"));
            out.push(finding.help("write the IPv6 prefix of the clients' DHCPv6 subnet"));
        }
    }
}

/// Whether Kea reads it. The address may be of either family, the number is cut to eight bits.
fn is_read(text: &str) -> bool {
    text.split_once('/').is_some_and(|(address, length)| {
        Family::ALL.into_iter().any(|family| parse_address(family, address).is_some())
            && unsigned(length).is_some()
    })
}
