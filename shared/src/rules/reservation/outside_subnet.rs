//! `reservation/outside-subnet`

use crate::rules::{
    Example, Findings, Review,
    objects::{Key, ReservedKind},
    rule,
};

rule! {
    /// A reserved address is not in the reservation's subnet.
    ///
    /// ## Why
    /// Kea refuses it. It need not be in a pool. Reserved prefixes and global reservations are not looked at.
    "reservation/outside-subnet", Error, arm: "dhcp4-srv.html#address-reservation-types", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "reservations": [
                {"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.3.9"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "reservations": [
                {"duid": "01:02:03:04", "ip-addresses": ["2001:db8::9", "2001:db9::9"]}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "reservations": [
                {"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.2.9"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "reservations": [
                {"duid": "01:02:03:04", "prefixes": ["2001:db9::/64"]}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for subnet in review.objects.subnets() {
        let Ok(prefix) = subnet.prefix() else { continue };
        let range = prefix.range();
        for reserved in subnet.reservations().flat_map(|reservation| reservation.reserved()) {
            let Ok(address) = reserved.value else { continue };
            if reserved.kind == ReservedKind::Prefix || range.contains_number(address.number()) {
                continue;
            }
            let element = review.objects.element(reserved.at);
            let message = format!("`{}` is not in the subnet `{prefix}`", address.address());
            let finding = RULE.at(element, message);
            let finding = match subnet.object.get(Key::Subnet) {
                Some(subnet) => finding.related(subnet, "the subnet"),
                None => finding,
            };
            out.push(finding.help(format!("use an address from {} to {}", range.first(), range.last())));
        }
    }
}
