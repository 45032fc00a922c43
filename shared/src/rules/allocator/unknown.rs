//! `allocator/unknown`

use super::{allocators, shared_flq};
use crate::{
    Family,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// An allocator is none of Kea's.
    ///
    /// ## Why
    /// Kea refuses it in a shared network and in a subnet, also where these inherit it. It knows `iterative`, `random`
    /// and `flq`, and since 3.1.8 `shared-flq`.
    "allocator/unknown", Error, arm: "dhcp4-srv.html#address-allocation-strategies-in-dhcpv4", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"allocator": "hash", "subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}]}}"#).from(2, 4, 0),
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "pd-allocator": "hash"}]}}"#).from(2, 4, 0),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "allocator": "random"}]}}"#).from(2, 4, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.objects.before(2, 3, 4) {
        return;
    }
    let keys: &[Key] =
        if review.family == Family::V4 { &[Key::Allocator] } else { &[Key::Allocator, Key::PdAllocator] };
    for element in keys.iter().flat_map(|key| allocators(&review.objects, *key)) {
        let Some(text) = element.as_str() else { continue };
        let is_new = text == "shared-flq" && review.version >= shared_flq::SINCE;
        if !is_new && !["iterative", "random", "flq"].contains(&&*text) {
            let finding = RULE.at(element, format!("`{text}` is no allocator"));
            out.push(finding.help("write iterative, random or flq"));
        }
    }
}
