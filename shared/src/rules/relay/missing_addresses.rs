//! `relay/missing-addresses`

use super::relays;
use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A `relay` has no `ip-addresses`, or has `ip-address` beside it.
    ///
    /// ## Why
    /// Kea refuses it. Only Kea before 2.4 takes a single `ip-address` instead, and refuses both together.
    "relay/missing-addresses", Error, arm: "dhcp4-srv.html#using-a-specific-relay-agent-for-a-subnet", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "relay": {}}]}}"#),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24",
                "relay": {"ip-address": "192.0.2.1", "ip-addresses": ["192.0.2.1"]}}]}}"#,
        ).before(2, 4, 0),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "relay": {"ip-addresses": ["192.0.2.1"]}}]}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "relay": {"ip-address": "192.0.2.1"}}]}}"#)
            .before(2, 4, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let takes_one = review.objects.before(2, 6, 0);
    for relay in relays(&review.objects) {
        let one = relay.get("ip-address").filter(|_| takes_one);
        let finding = match (one, relay.get("ip-addresses")) {
            // `key/renamed` speaks about the old key.
            (None, None) if relay.get("ip-address").is_some() => continue,
            (None, None) => RULE.at_map(relay, "this relay has no `ip-addresses`"),
            (Some(one), Some(other)) => {
                RULE.at_key(one, "`ip-address` stands beside `ip-addresses`").related(other, "the list")
            }
            _ => continue,
        };
        out.push(finding.help("list the relay agents' addresses in `ip-addresses`"));
    }
}
