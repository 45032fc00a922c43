//! `pd-pool/missing-key`

use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A pd-pool lacks `prefix`, `prefix-len` or `delegated-len`.
    ///
    /// ## Why
    /// Kea refuses it: the first two say which prefixes the pool has, the third how long those are that clients get.
    "pd-pool/missing-key", Error, arm: "dhcp6-srv.html#subnet-and-prefix-delegation-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48, "delegated-len": 64}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for pool in review.objects.pd_pools() {
        for key in [Key::Prefix, Key::PrefixLen, Key::DelegatedLen] {
            if !pool.object.has(key) {
                let finding =
                    RULE.at_map(pool.object.element, format!("this pd-pool has no `{}`", key.name()));
                out.push(finding.help(format!("add `{}`", key.name())));
            }
        }
    }
}
