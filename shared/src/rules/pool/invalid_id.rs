//! `pool/invalid-id`

use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A `pool-id` is 0, negative, or beyond 4294967295.
    ///
    /// ## Why
    /// Kea refuses it. Statistics of pools are told apart by this number; two pools may have the same.
    "pool/invalid-id", Error, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [
                {"pool": "192.0.2.1 - 192.0.2.9", "pool-id": 0}]}]}}"#,
        ).from(2, 4, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [
                {"pool": "192.0.2.1 - 192.0.2.9", "pool-id": 4294967295}]}]}}"#,
        ).from(2, 4, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.objects.before(2, 4, 0) {
        return;
    }
    for pool in review.objects.pools().chain(review.objects.pd_pools()) {
        let Some(element) = pool.object.get(Key::PoolId) else { continue };
        let range = 1..=i64::from(u32::MAX);
        if let Some(id) = element.as_int().filter(|id| !range.contains(id)) {
            let finding = RULE.at(element, format!("the pool-id `{id}` is not between 1 and {}", u32::MAX));
            out.push(finding.help("choose a number from 1 on, or leave it out"));
        }
    }
}
