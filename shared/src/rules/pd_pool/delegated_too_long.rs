//! `pd-pool/delegated-too-long`

use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A pd-pool delegates prefixes of more than 128 bits.
    ///
    /// ## Why
    /// Kea accepts it, though no IPv6 prefix is that long: clients cannot use what they get.
    "pd-pool/delegated-too-long", Warning, arm: "dhcp6-srv.html#subnet-and-prefix-delegation-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48, "delegated-len": 129}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48, "delegated-len": 128}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for pool in review.objects.pd_pools() {
        let Some(element) = pool.object.get(Key::DelegatedLen) else { continue };
        if let Some(length) = element.as_int().filter(|length| (129..256).contains(length)) {
            let finding = RULE.at(element, format!("no prefix is {length} bits long"));
            out.push(finding.help("write a length up to 128; 56 and 64 are usual"));
        }
    }
}
