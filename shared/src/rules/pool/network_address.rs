//! `pool/network-address`

use crate::{
    Family,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A pool of an IPv4 subnet holds the subnet's first or last address.
    ///
    /// ## Why
    /// Kea accepts it, and leases them. They are the network's own address and its broadcast address: a client with one
    /// of them reaches nobody. Subnets of two addresses or one have neither.
    "pool/network-address", Warning, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.0/24"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.9-192.0.2.255"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.1-192.0.2.254"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"compatibility": {"exclude-first-last-24": true},
                "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.0/24"}]}]}}"#,
        ).from(2, 6, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.family == Family::V6 {
        return;
    }
    let excludes = review.objects.global().get(Key::Compatibility);
    let excludes = excludes.and_then(|map| map.bool("exclude-first-last-24")).unwrap_or(false);
    for subnet in review.objects.subnets() {
        let Ok(prefix) = subnet.prefix() else { continue };
        if prefix.length() > 30 || excludes && prefix.length() <= 24 {
            continue;
        }
        let (first, last) = prefix.range().numbers();
        for pool in subnet.pools() {
            let Some(range) = pool.range.filter(|range| prefix.range().contains(*range)) else { continue };
            let which = match (range.contains_number(first), range.contains_number(last)) {
                (true, true) => "its first and its last",
                (true, false) => "its first",
                (false, true) => "its last",
                (false, false) => continue,
            };
            let Some(element) = pool.object.get(Key::Pool) else { continue };
            let message =
                format!("the pool leases {which} address of subnet `{prefix}`").replace("its ", "the ");
            out.push(
                RULE.at(element, message)
                    .help("leave the network's and the broadcast address out of the pool"),
            );
        }
    }
}
