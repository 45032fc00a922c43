//! `pool/invalid-range`

use crate::{
    Family,
    net::{PrefixError, RangeError},
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A `pool` is neither two addresses nor a prefix.
    ///
    /// ## Why
    /// Kea refuses it. It wants `first - last` or a prefix, of the subnet's protocol; one address alone is written twice.
    ///
    /// ## Use instead
    /// `"pool": "192.0.2.7 - 192.0.2.7"`
    "pool/invalid-range", Error, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.7"}]}]}}"#),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.7-9"}]}]}}"#,
        ),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "0.0.0.0/0", "pools": [{"pool": "0.0.0.0/0"}]}]}}"#),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "pools": [{"pool": "192.0.2.0/24"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.7 - 192.0.2.7"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "pools": [{"pool": "2001:db8::/80"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for (pool, error) in review.objects.unreadable_pools() {
        if matches!(error, RangeError::Reversed | RangeError::Prefix(PrefixError::HostBits)) {
            continue;
        }
        let Some(element) = pool.get(Key::Pool) else { continue };
        let text = element.as_str().unwrap_or_default();
        let sample = match review.family {
            Family::V4 => "192.0.2.1 - 192.0.2.9 or 192.0.2.0/28",
            Family::V6 => "2001:db8::1 - 2001:db8::9 or 2001:db8::/80",
        };
        let finding = RULE.at(element, format!("`{text}` is no pool: {error}"));
        out.push(finding.help(format!("write a range such as {sample}")));
    }
}
