//! `pool/overlap`

use crate::{
    Family,
    diagnostic::Diagnostic,
    net::{AddressRange, Prefix, overlaps},
    rules::{Review, places::Placed, rule},
};

rule! {
    /// Two pools of one subnet share addresses, or two of its pd-pools share prefixes.
    ///
    /// ## Why
    /// Kea refuses the subnet: a lease could belong to either pool. Pools of different subnets may overlap.
    "pool/overlap", Error, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check
}

fn check(review: &Review<'_>, out: &mut Vec<Diagnostic>) {
    let family = review.config.family;
    for placed in review.subnets() {
        let pools = placed.subnet.items("pools");
        report(pools, |pool| AddressRange::parse(family, pool.text("pool")?), "address", out);
        if family == Family::V6 {
            report(placed.subnet.items("pd-pools"), delegated, "prefix", out);
        }
    }
}

/// The prefixes that a pd-pool delegates.
fn delegated(pool: &Placed<'_>) -> Option<AddressRange> {
    let length = pool.value.get("prefix-len")?.as_u64()?;
    Prefix::parse(Family::V6, &format!("{}/{length}", pool.text("prefix")?)).map(Prefix::range)
}

fn report(
    pools: Vec<Placed<'_>>,
    read: impl Fn(&Placed<'_>) -> Option<AddressRange>,
    what: &str,
    out: &mut Vec<Diagnostic>,
) {
    let readable = pools.into_iter().filter_map(|pool| Some((read(&pool)?, pool.path)));
    let (ranges, paths): (Vec<_>, Vec<_>) = readable.unzip();
    for (left, right) in overlaps(&ranges) {
        let (Some(first), Some(second)) = (paths.get(left.min(right)), paths.get(left.max(right))) else {
            continue;
        };
        let message = format!("`{first}` holds some {what} of this pool too");
        let help = format!("let each {what} be in one pool only");
        out.push(Diagnostic::error(RULE.code, message).help(help).at(second.clone()));
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
        assert_eq!(
            found(&["2001:db8::9 - 2001:db8::20", "2001:db8::/124"]),
            ["Dhcp6.subnet6[0].pools[1]: `Dhcp6.subnet6[0].pools[0]` holds some address of this pool too"]
        );
        assert_eq!(
            found(&["2001:db8::1-2001:db8::ff", "2001:db8::2-2001:db8::3", "2001:db8::5-2001:db8::6"]).len(),
            2
        );
        let subnet = |id| json!({"id": id, "subnet": "2001:db8::/64", "pools": [{"pool": "2001:db8::/80"}]});
        let root = json!({"subnet6": [subnet(1), subnet(2)]});
        assert_eq!(findings(&RULE, Family::V6, "2.6.3", root), [""; 0]);
    }

    #[test]
    fn pd_pools_are_apart_from_pools() {
        let pd =
            |prefix: &str, length: u8| json!({"prefix": prefix, "prefix-len": length, "delegated-len": 64});
        let found = |pools| {
            let subnet =
                json!({"id": 1, "subnet": "3000::/16", "pools": [{"pool": "3000::/48"}], "pd-pools": pools});
            findings(&RULE, Family::V6, "3.0.4", json!({"subnet6": [subnet]}))
        };
        assert_eq!(found(json!([pd("3000::", 48), pd("3000:0:1::", 48), {}])), [""; 0]);
        assert_eq!(
            found(json!([pd("3000::", 48), pd("3000::", 32)])),
            [
                "Dhcp6.subnet6[0].pd-pools[1]: `Dhcp6.subnet6[0].pd-pools[0]` holds some prefix of this pool too"
            ]
        );
    }
}
