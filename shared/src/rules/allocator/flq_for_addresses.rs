//! `allocator/flq-for-addresses`

use super::allocators;
use crate::{
    Family,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// An `allocator` of a DHCPv6 server is `flq`.
    ///
    /// ## Why
    /// Kea refuses it: a list of all free IPv6 addresses has no end. For delegated prefixes `pd-allocator` may be `flq`.
    "allocator/flq-for-addresses", Error,
    arm: "dhcp6-srv.html#free-lease-queue-allocator-prefix-delegation-only", check,
    bad: [
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "allocator": "flq"}]}}"#).from(2, 4, 0),
    ],
    good: [
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "pd-allocator": "flq"}]}}"#).from(2, 4, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.family == Family::V4 || review.objects.before(2, 3, 4) {
        return;
    }
    for element in allocators(&review.objects, Key::Allocator) {
        if element.as_str().is_some_and(|text| text == "flq") {
            let finding = RULE.at(element, "`flq` is for delegated prefixes only");
            out.push(finding.help("write iterative or random"));
        }
    }
}
