//! `lifetime/adaptive-threshold`

use crate::{
    KeaVersion,
    json::{Element, Kind},
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// An `adaptive-lease-time-threshold` is not above 0 and up to 1.
    ///
    /// ## Why
    /// It is the part of a pool that may be in use before Kea shortens lifetimes. Kea refuses any other number in a shared
    /// network and in a subnet, also where these inherit it.
    "lifetime/adaptive-threshold", Error, arm: "dhcp4-srv.html#address-allocation-strategies-in-dhcpv4", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "adaptive-lease-time-threshold": 1.5}]}}"#,
        ).from(3, 1, 1),
        Example::new(
            r#"{"Dhcp6": {"adaptive-lease-time-threshold": 0.0, "subnet6": [{"id": 1, "subnet": "2001:db8::/64"}]}}"#,
        ).from(3, 1, 1),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "adaptive-lease-time-threshold": 1.0}]}}"#,
        ).from(3, 1, 1),
        Example::new(r#"{"Dhcp4": {"adaptive-lease-time-threshold": 0.0}}"#).from(3, 1, 1),
    ],
}

const KEY: &str = "adaptive-lease-time-threshold";

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.version < KeaVersion::new(3, 1, 1) || !review.root.document().text().contains(KEY) {
        return;
    }
    let mut inherits = false;
    for scope in review.objects.scopes() {
        match scope.element.get(KEY) {
            Some(own) => report(own, out),
            None => inherits = true,
        }
    }
    if let Some(global) = review.root.get(KEY).filter(|_| inherits) {
        report(global, out);
    }
}

fn report(element: Element<'_>, out: &mut Findings) {
    let number = element.as_real().filter(|_| element.kind() == Kind::Real);
    if number.is_some_and(|number| number <= 0.0 || number > 1.0) {
        let finding = RULE.at(element, format!("`{}` is not above 0.0 and up to 1.0", element.source()));
        out.push(finding.help("write a part of the pool, such as 0.8"));
    }
}
