//! `pool/outside-subnet`

use crate::{
    diagnostic::Diagnostic,
    net::{AddressRange, Prefix},
    rules::{Review, rule},
};

rule! {
    /// A pool has addresses that are not in its subnet.
    ///
    /// ## Why
    /// Kea refuses the subnet: it could not tell which subnet a lease from there belongs to.
    "pool/outside-subnet", Error, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check
}

fn check(review: &Review<'_>, out: &mut Vec<Diagnostic>) {
    let family = review.config.family;
    for placed in review.subnets() {
        let Some(prefix) = placed.subnet.text("subnet") else { continue };
        let Some(range) = Prefix::parse(family, prefix).map(Prefix::range) else { continue };
        for pool in placed.subnet.items("pools") {
            let Some(text) = pool.text("pool") else { continue };
            if AddressRange::parse(family, text).is_some_and(|pool| !range.contains(pool)) {
                let message = format!("pool `{text}` is not inside its subnet `{prefix}`");
                let help = format!("use addresses from {} to {}", range.first(), range.last());
                out.push(Diagnostic::error(RULE.code, message).help(help).at(format!("{}.pool", pool.path)));
            }
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
