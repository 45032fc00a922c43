//! `reservation/in-pool`

use crate::{
    json::Element,
    rules::{
        Example, Findings, Review,
        objects::{Key, ReservedKind},
        rule,
    },
};

rule! {
    /// A reserved address is in a pool, though `reservations-out-of-pool` says that there are none.
    ///
    /// ## Why
    /// Kea accepts it. For an address of a pool it then does not ask for reservations, and leases it to anybody.
    "reservation/in-pool", Warning, arm: "dhcp4-srv.html#fine-tuning-dhcpv4-host-reservation", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"reservations-out-of-pool": true, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24",
                "pools": [{"pool": "192.0.2.1-192.0.2.99"}],
                "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.2.9"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"reservations-out-of-pool": true, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24",
                "pools": [{"pool": "192.0.2.1-192.0.2.99"}],
                "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "192.0.2.109"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for subnet in review.objects.subnets() {
        let levels = [Some(subnet.object), subnet.network(), Some(review.objects.global())];
        let set = levels.into_iter().flatten().find_map(|level| level.get(Key::ReservationsOutOfPool));
        let Some(set) = set.filter(|set| set.as_bool() == Some(true)) else { continue };
        // Few pools stand in one subnet: looking through them is quicker than sorting.
        let Some(mut pools) =
            Some(subnet.pools().filter_map(|pool| Some((pool.range?, pool))).collect::<Vec<_>>())
                .filter(|pools| !pools.is_empty())
        else {
            continue;
        };
        pools.sort_unstable_by_key(|(range, _)| *range);
        for reserved in subnet.reservations().flat_map(|reservation| reservation.reserved()) {
            let Some(number) = reserved.value.ok().map(crate::net::Prefix::number) else { continue };
            if reserved.kind == ReservedKind::Prefix {
                continue;
            }
            let before = pools.partition_point(|(range, _)| range.numbers().0 <= number);
            let Some((range, pool)) = before.checked_sub(1).and_then(|place| pools.get(place)) else {
                continue;
            };
            if !range.contains_number(number) {
                continue;
            }
            let element: Element<'_> = review.objects.element(reserved.at);
            let text = element.as_str().unwrap_or_default();
            let finding =
                RULE.at(element, format!("`{text}` is in a pool, where Kea does not look for reservations"));
            let finding = finding.related(pool.object.element, "the pool").related(set, "this says so");
            out.push(
                finding.help(
                    "reserve an address that is in no pool, or set `reservations-out-of-pool` to false",
                ),
            );
        }
    }
}
