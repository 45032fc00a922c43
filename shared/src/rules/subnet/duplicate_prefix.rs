//! `subnet/duplicate-prefix`

use crate::{
    diagnostic::Diagnostic,
    net::Prefix,
    rules::{Review, rule},
};
use std::collections::BTreeMap;

rule! {
    /// Two subnets have one prefix.
    ///
    /// ## Why
    /// Kea refuses the configuration. It compares the address as it is written, with the bits behind the length, so
    /// that `10.0.0.0/8` and `10.1.2.3/8` are two subnets to it. Subnets of shared networks count as well.
    "subnet/duplicate-prefix", Error, arm: "dhcp4-srv.html#ipv4-subnet-identifier", check
}

fn check(review: &Review<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for placed in review.subnets() {
        let subnet = placed.subnet;
        let Some(text) = subnet.text("subnet") else { continue };
        let Some(prefix) = Prefix::parse(review.config.family, text) else { continue };
        if let Some(first) = seen.get(&prefix) {
            let message = format!("subnet `{text}` is already in `{first}`");
            out.push(
                Diagnostic::error(RULE.code, message)
                    .help("remove one of the two subnets")
                    .at(format!("{}.subnet", subnet.path)),
            );
        } else {
            seen.insert(prefix, subnet.path);
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
        let found = |one: &str, two: &str| {
            let root = json!({"subnet6": [{"id": 1, "subnet": one}], "shared-networks": [{"subnet6": [{"id": 2, "subnet": two}]}]});
            findings(&RULE, Family::V6, "3.0.4", root)
        };
        for (one, two) in
            [("2001:db8::/64", "2001:db8::/48"), ("2001:db8::/64", "2001:db8::1/64"), ("?", "?")]
        {
            assert_eq!(found(one, two), [""; 0], "{one} {two}");
        }
        assert_eq!(
            found("2001:db8::/64", "2001:0db8:0::0 / 64"),
            [
                "Dhcp6.shared-networks[0].subnet6[0].subnet: subnet `2001:0db8:0::0 / 64` is already in `Dhcp6.subnet6[0]`"
            ]
        );
    }
}
