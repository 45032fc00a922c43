//! `pool/gateway`

use crate::{
    Family,
    json::Element,
    net::parse_address,
    rules::{
        Example, Findings, Review,
        objects::{Key, Subnet},
        rule,
    },
};

rule! {
    /// A pool holds the address of the subnet's router.
    ///
    /// ## Why
    /// Kea accepts it, and may lease the router's address to a client. Then nobody in the subnet reaches the router.
    /// No finding where the address is reserved.
    "pool/gateway", Warning, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.1-192.0.2.99"}],
                "option-data": [{"name": "routers", "data": "192.0.2.1"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.2-192.0.2.99"}],
                "option-data": [{"name": "routers", "data": "192.0.2.1"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.family == Family::V6 {
        return;
    }
    for subnet in review.objects.subnets() {
        for option in subnet.object.list(Key::OptionData).filter(|option| is_routers(*option)) {
            let Some(data) = option.get("data") else { continue };
            report(subnet, data, out);
        }
    }
}

/// Whether an option is `routers` (code 3, RFC 2132), with its data as text.
fn is_routers(option: Element<'_>) -> bool {
    let by_name = option.get("name").is_some_and(|name| name.source() == "\"routers\"");
    let is_named = by_name || option.int("code") == Some(3);
    is_named
        && option.bool("csv-format") != Some(false)
        && option.text("space").is_none_or(|space| space == "dhcp4")
}

fn report(subnet: Subnet<'_>, data: Element<'_>, out: &mut Findings) {
    let Some(text) = data.as_str() else { return };
    for router in text.split(',').map(str::trim) {
        let Some(number) = parse_address(Family::V4, router) else { continue };
        let holds = |range: crate::net::AddressRange| range.contains_number(number);
        let Some(pool) = subnet.pools().find(|pool| pool.range.is_some_and(holds)) else { continue };
        let is_reserved = |reserved: &crate::rules::objects::Reserved| {
            reserved.value.is_ok_and(|value| value.number() == number)
        };
        if subnet.reservations().any(|reservation| reservation.reserved().iter().any(is_reserved)) {
            continue;
        }
        let Some(element) = pool.object.get(Key::Pool) else { continue };
        let finding = RULE.at(element, format!("the pool holds the router's address `{router}`"));
        out.push(finding.related(data, "the router").help("leave the router's address out of the pool"));
    }
}
