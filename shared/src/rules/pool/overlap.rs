//! `pool/overlap`

use crate::{
    Family,
    net::{AddressRange, overlaps},
    rules::{
        Example, Findings, Review,
        objects::{Key, Pool, Subnet},
        rule,
    },
};

rule! {
    /// Two pools of one subnet share addresses.
    ///
    /// ## Why
    /// Kea refuses the subnet: a lease could belong to either pool. It compares the prefixes of pd-pools with addresses
    /// too. Pools of different subnets may overlap.
    "pool/overlap", Error, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [
                {"pool": "192.0.2.10 - 192.0.2.99"}, {"pool": "192.0.2.90 - 192.0.2.200"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8::", "prefix-len": 48, "delegated-len": 64},
                {"prefix": "2001:db8:0:8000::", "prefix-len": 56, "delegated-len": 64}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pools": [{"pool": "2001:db8::/64"}],
                "pd-pools": [{"prefix": "2001:db8::", "prefix-len": 48, "delegated-len": 64}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [
                {"pool": "192.0.2.10 - 192.0.2.99"}, {"pool": "192.0.2.100 - 192.0.2.200"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pools": [{"pool": "2001:db8:1::/64"}],
                "pd-pools": [{"prefix": "2001:db8::", "prefix-len": 48, "delegated-len": 64}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for subnet in review.objects.subnets() {
        let all = || subnet.pools().chain(subnet.pd_pools());
        if !are_ordered(all().filter_map(|pool| pool.range)) {
            report(review.family, subnet, out);
        }
    }
}

/// Whether each range comes after the one before it, as in most files. Then none overlap.
fn are_ordered(ranges: impl Iterator<Item = AddressRange>) -> bool {
    let mut ends = ranges.map(AddressRange::numbers);
    let Some((_, mut last)) = ends.next() else { return true };
    ends.all(|(first, end)| first > std::mem::replace(&mut last, end))
}

fn report(family: Family, subnet: Subnet<'_>, out: &mut Findings) {
    let pools: Vec<(AddressRange, Pool<'_>)> =
        subnet.pools().chain(subnet.pd_pools()).filter_map(|pool| Some((pool.range?, pool))).collect();
    let ranges: Vec<AddressRange> = pools.iter().map(|(range, _)| *range).collect();
    for (left, right) in overlaps(family, &ranges) {
        let (Some((_, first)), Some((_, second))) = (pools.get(left.min(right)), pools.get(left.max(right)))
        else {
            continue;
        };
        let is_pd = |pool: &Pool<'_>| !pool.object.has(Key::Pool);
        let what = if is_pd(second) { "prefix" } else { "address" };
        let message = format!("another pool of the subnet holds some {what} of this one too");
        let finding = RULE.at(second.object.element, message);
        let help = format!("let each {what} be in one pool only");
        out.push(finding.related(first.object.element, "the other pool").help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    #[test]
    fn pass_and_fail() {
        let found = |pools: &[&str]| {
            let pools: Vec<_> = pools.iter().map(|pool| json!({"pool": pool})).collect();
            findings(
                &RULE,
                Family::V6,
                "2.6.3",
                json!({"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "pools": pools}]}),
            )
        };
        assert_eq!(found(&["2001:db8::1-2001:db8::9", "2001:db8::a-2001:db8::f", "?"]), [""; 0]);
        assert_eq!(found(&["2001:db8::a-2001:db8::f", "2001:db8::1-2001:db8::9", "?"]), [""; 0]);
        assert_eq!(
            found(&["2001:db8::9 - 2001:db8::20", "2001:db8::/124"]),
            ["Dhcp6.subnet6[0].pools[1]: another pool of the subnet holds some address of this one too"]
        );
        assert_eq!(
            found(&["2001:db8::1-2001:db8::ff", "2001:db8::2-2001:db8::3", "2001:db8::5-2001:db8::6"]).len(),
            2
        );
        let subnet = |id| json!({"id": id, "subnet": "2001:db8::/64", "pools": [{"pool": "2001:db8::/80"}]});
        let root = json!({"subnet6": [subnet(1), subnet(2)]});
        assert_eq!(findings(&RULE, Family::V6, "2.6.3", root), [""; 0]);
    }
}
