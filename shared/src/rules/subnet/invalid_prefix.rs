//! `subnet/invalid-prefix`

use crate::{
    Family,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A `subnet` is no prefix of its protocol.
    ///
    /// ## Why
    /// Kea refuses it. It wants an address, a `/`, and a length of up to 32 (DHCPv4) or 128 (DHCPv6). Blanks, and a `+`
    /// or zeros before the length, do not matter to it; a mask such as `255.255.255.0` is no length.
    "subnet/invalid-prefix", Error, arm: "dhcp4-srv.html#ipv4-subnet-prefix", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0"}]}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/255.255.255.0"}]}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "2001:db8::/32"}]}}"#),
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/129"}]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0 / +024"}]}}"#),
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32"}]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for subnet in review.objects.subnets() {
        let Err(error) = subnet.prefix() else { continue };
        let Some(element) = subnet.object.get(Key::Subnet) else { continue };
        let Some(text) = element.as_str() else { continue };
        let sample = if review.family == Family::V4 { "192.0.2.0/24" } else { "2001:db8::/64" };
        let finding =
            RULE.at(element, format!("`{text}` is no {} prefix: {error}", review.family.protocol()));
        out.push(finding.help(format!("write a prefix such as {sample}")));
    }
}
