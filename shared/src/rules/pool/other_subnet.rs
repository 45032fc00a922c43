//! `pool/other-subnet`

use crate::{
    net::sweep_unsorted,
    rules::{Example, Findings, Review, objects::Pool, rule},
};

rule! {
    /// Pools of two subnets share addresses.
    ///
    /// ## Why
    /// Kea accepts it, but leases an address once: what clients of one subnet have is missing in the other, and its
    /// statistics promise addresses that are not there.
    "pool/other-subnet", Warning, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [
                {"id": 1, "subnet": "10.0.0.0/8", "pools": [{"pool": "10.1.0.0 - 10.1.0.99"}]},
                {"id": 2, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.0.50 - 10.1.0.150"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [
                {"id": 1, "subnet": "10.0.0.0/8", "pools": [{"pool": "10.1.0.0 - 10.1.0.99"}]},
                {"id": 2, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.0.100 - 10.1.0.150"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let objects = &review.objects;
    let pool = |place| objects.pool(place);
    compare(review, objects.pools(), pool, "addresses", out);
    let pool = |place| objects.pd_pool(place);
    compare(review, objects.pd_pools(), pool, "prefixes", out);
}

fn compare<'r>(
    review: &Review<'_>,
    pools: impl Iterator<Item = Pool<'r>>,
    pool: impl Fn(usize) -> Option<Pool<'r>>,
    what: &str,
    out: &mut Findings,
) {
    let ranges = pools.zip(0..).filter_map(|(pool, place)| Some((0, pool.range?, place)));
    let pool = |number: u32| pool(usize::try_from(number).ok()?);
    sweep_unsorted(review.family, ranges, |one, other| {
        let (Some(one), Some(other)) = (pool(one), pool(other)) else { return };
        if one.subnet == other.subnet {
            return;
        }
        let (first, second) = if one.subnet < other.subnet { (one, other) } else { (other, one) };
        let finding =
            RULE.at(second.object.element, format!("a pool of another subnet has {what} of this one too"));
        let finding = finding.related(first.object.element, "the other pool");
        out.push(finding.help(format!("let {what} be in the pools of one subnet only")));
    });
}
