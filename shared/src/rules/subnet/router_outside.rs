//! `subnet/router-outside`

use crate::{
    Family,
    net::parse_address,
    rules::{Example, Findings, Review, objects::Subnet, rule},
};

rule! {
    /// A subnet gives its clients a router that is not in the subnet.
    ///
    /// ## Why
    /// Kea accepts it, and most clients do not: they look for the router in their own subnet, and reach nothing beyond it.
    /// Often the option was copied from another subnet. No finding in subnets of one or two addresses, and for link-local
    /// routers, where it is meant.
    "subnet/router-outside", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.8/29"}],
                "option-data": [{"name": "routers", "data": "198.51.100.1"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.8/29"}],
                "option-data": [{"name": "routers", "data": "192.0.2.1"}]}]}}"#,
        ),
    ],
}

/// 169.254.0.0 (RFC 3927), without the two last bytes.
const LINK_LOCAL: u128 = 0xa9fe;

/// Subnets with longer prefixes have no room for a router.
const LONGEST: u8 = 30;

fn check(review: &Review<'_>, out: &mut Findings) {
    for subnet in review.objects.subnets() {
        report(subnet, out);
    }
}

fn report(subnet: Subnet<'_>, out: &mut Findings) {
    let Ok(prefix) = subnet.prefix() else { return };
    if prefix.length() > LONGEST {
        return;
    }
    let (first, last) = prefix.range().numbers();
    for (data, text) in subnet.routers() {
        let is_outside = |router: &&str| {
            parse_address(Family::V4, router)
                .is_some_and(|number| !(first..=last).contains(&number) && number >> 16 != LINK_LOCAL)
        };
        for router in text.split(',').map(str::trim).filter(is_outside) {
            let message = format!("the router `{router}` is not in the subnet {prefix}");
            out.push(
                RULE.at(data, message).help("give a router of this subnet, which its clients can reach"),
            );
        }
    }
}
