//! `pd-pool/invalid-prefix`

use crate::{
    Family,
    net::parse_address,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A pd-pool's `prefix` is no IPv6 address.
    ///
    /// ## Why
    /// Kea refuses it. The length stands in `prefix-len`, not behind the address, and blanks are not ignored here.
    "pd-pool/invalid-prefix", Error, arm: "dhcp6-srv.html#subnet-and-prefix-delegation-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::/48", "prefix-len": 48, "delegated-len": 64}]}]}}"#,
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
        let Some(element) = pool.object.get(Key::Prefix) else { continue };
        let Some(text) = element.as_str() else { continue };
        if parse_address(Family::V6, &text).is_none() {
            let finding = RULE.at(element, format!("`{text}` is no IPv6 address"));
            out.push(finding.help("write the first address of the prefix, and its length in `prefix-len`"));
        }
    }
}
