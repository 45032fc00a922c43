//! `pool/gateway`

use crate::{
    Family,
    json::Element,
    net::parse_address,
    rules::{
        Example, Findings, Review,
        objects::{Key, Pool, Subnet},
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
    for subnet in review.objects.subnets() {
        for (data, text) in subnet.routers() {
            report(subnet, data, &text, out);
        }
    }
}

fn report(subnet: Subnet<'_>, data: Element<'_>, text: &str, out: &mut Findings) {
    let mut pools = None;
    let mut reserved = None;
    for router in text.split(',').map(str::trim) {
        let Some(number) = parse_address(Family::V4, router) else { continue };
        let Some(pool) = pools.get_or_insert_with(|| Pools::of(subnet)).around(number) else { continue };
        let is_reserved = reserved.get_or_insert_with(|| reserved_in(subnet)).binary_search(&number).is_ok();
        let Some(element) = pool.object.get(Key::Pool).filter(|_| !is_reserved) else { continue };
        let finding = RULE.at(element, format!("the pool holds the router's address `{router}`"));
        out.push(finding.related(data, "the router").help("leave the router's address out of the pool"));
    }
}

/// The addresses that a subnet's reservations reserve, sorted.
fn reserved_in(subnet: Subnet<'_>) -> Vec<u128> {
    let all = subnet.reservations().flat_map(|reservation| reservation.reserved());
    let mut numbers: Vec<u128> = all.filter_map(|one| Some(one.value.ok()?.number())).collect();
    numbers.sort_unstable();
    numbers
}

/// The pools of a subnet by their first addresses, each with the one of them so far that reaches furthest.
struct Pools<'r>(Vec<(u128, u128, Pool<'r>)>);

impl<'r> Pools<'r> {
    fn of(subnet: Subnet<'r>) -> Self {
        let ranged = subnet.pools().filter_map(|pool| Some((pool.range?.numbers(), pool)));
        let mut pools: Vec<_> = ranged.map(|((first, last), pool)| (first, last, pool)).collect();
        pools.sort_by_key(|(first, ..)| *first);
        let mut furthest: Option<(u128, Pool<'r>)> = None;
        for (_, last, pool) in &mut pools {
            match furthest {
                Some((reach, other)) if reach >= *last => (*last, *pool) = (reach, other),
                _ => furthest = Some((*last, *pool)),
            }
        }
        Self(pools)
    }

    /// A pool that holds an address.
    fn around(&self, number: u128) -> Option<Pool<'r>> {
        let before = self.0.partition_point(|(first, ..)| *first <= number).checked_sub(1)?;
        self.0.get(before).filter(|(_, last, _)| number <= *last).map(|(.., pool)| *pool)
    }
}
