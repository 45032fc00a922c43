//! `relay/duplicate-address`

use super::relays;
use crate::{
    json::NodeId,
    net::parse_address,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// A `relay` names an address twice.
    ///
    /// ## Why
    /// Kea refuses it. Different subnets may name the same relay agent.
    "relay/duplicate-address", Error, arm: "dhcp4-srv.html#using-a-specific-relay-agent-for-a-subnet", check,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64",
                "relay": {"ip-addresses": ["2001:db8::1", "2001:0db8::1"]}}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64",
                "relay": {"ip-addresses": ["2001:db8::1", "2001:db8::2"]}}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let mut seen: Vec<(u128, NodeId)> = Vec::new();
    for relay in relays(&review.objects) {
        seen.clear();
        let addresses = relay.list("ip-addresses");
        seen.extend(
            addresses.filter_map(|element| {
                Some((parse_address(review.family, &element.as_str()?)?, element.id()))
            }),
        );
        seen.sort_unstable();
        for (one, other) in seen.iter().zip(seen.iter().skip(1)).filter(|(one, other)| one.0 == other.0) {
            let element = review.objects.element(other.1);
            let finding = RULE
                .at(element, format!("`{}` is in the list already", element.as_str().unwrap_or_default()));
            let finding = finding.related(review.objects.element(one.1), "the same address");
            out.push(finding.help("remove one of the two"));
        }
    }
}
