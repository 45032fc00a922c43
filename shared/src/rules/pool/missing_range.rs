//! `pool/missing-range`

use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A pool has no `pool`.
    ///
    /// ## Why
    /// Kea refuses it: `pool` says which addresses the pool has.
    "pool/missing-range", Error, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"option-data": []}]}]}}"#)],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.1-192.0.2.9"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for pool in review.objects.pools().filter(|pool| !pool.object.has(Key::Pool)) {
        let finding = RULE.at_map(pool.object.element, "this pool has no `pool`");
        out.push(finding.help("add `pool` with its first and last address, or a prefix"));
    }
}
