//! `relay/invalid-address`

use super::relays;
use crate::{
    net::parse_address,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// A relay agent's address is no address of the subnet's protocol.
    ///
    /// ## Why
    /// Kea refuses it. Blanks are not ignored here.
    "relay/invalid-address", Error, arm: "dhcp4-srv.html#using-a-specific-relay-agent-for-a-subnet", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "relay": {"ip-addresses": ["2001:db8::1"]}}]}}"#),
        Example::new(r#"{"Dhcp6": {"shared-networks": [{"name": "floor", "relay": {"ip-addresses": ["relay"]}}]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "relay": {"ip-addresses": ["10.0.0.1"]}}]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let takes_one = review.objects.before(2, 5, 0);
    for relay in relays(&review.objects) {
        let one = relay.get("ip-address").filter(|_| takes_one);
        for element in relay.list("ip-addresses").chain(one) {
            let Some(text) = element.as_str() else { continue };
            if parse_address(review.family, &text).is_none() {
                let protocol = review.family.protocol().replace("DHCP", "IP");
                let finding = RULE.at(element, format!("`{text}` is no {protocol} address"));
                out.push(finding.help("write the address that the relay agent puts into its messages"));
            }
        }
    }
}
