//! `pool/outside-subnet`

use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A pool has addresses that are not in its subnet.
    ///
    /// ## Why
    /// Kea refuses the subnet: it could not tell which subnet a lease from there belongs to. Pools of delegated prefixes
    /// need not be in the subnet.
    "pool/outside-subnet", Error, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.3.1 - 192.0.3.9"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.1 - 192.0.2.9"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for subnet in review.objects.subnets() {
        let Ok(prefix) = subnet.prefix() else { continue };
        let all = prefix.range();
        for pool in subnet.pools().filter(|pool| pool.range.is_some_and(|range| !all.contains(range))) {
            let Some(element) = pool.object.get(Key::Pool) else { continue };
            let text = element.as_str().unwrap_or_default();
            let finding = RULE.at(element, format!("pool `{text}` is not inside its subnet `{prefix}`"));
            let finding = subnet
                .object
                .get(Key::Subnet)
                .into_iter()
                .fold(finding, |finding, subnet| finding.related(subnet, "the subnet"));
            out.push(finding.help(format!("use addresses from {} to {}", all.first(), all.last())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    #[test]
    fn pass_and_fail() {
        let found = |pool| {
            let subnet = json!({"id": 1, "subnet": "192.0.2.0/25", "pools": [{"pool": pool}]});
            findings(&RULE, Family::V4, "3.0.4", json!({"shared-networks": [{"subnet4": [subnet]}]}))
        };
        for pool in ["192.0.2.0 - 192.0.2.127", "192.0.2.64/26", "unreadable"] {
            assert_eq!(found(pool), [""; 0], "{pool}");
        }
        for pool in ["192.0.2.0 - 192.0.2.128", "192.0.1.255-192.0.2.1", "192.0.2.0/24", "10.0.0.1-10.0.0.2"]
        {
            let message = format!(
                "Dhcp4.shared-networks[0].subnet4[0].pools[0].pool: pool `{pool}` is not inside its subnet `192.0.2.0/25`"
            );
            assert_eq!(found(pool), [message]);
        }
    }
}
