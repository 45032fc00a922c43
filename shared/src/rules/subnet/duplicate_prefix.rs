//! `subnet/duplicate-prefix`

use crate::{
    net::Prefix,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// Two subnets have one prefix.
    ///
    /// ## Why
    /// Kea refuses the configuration. It compares the address as it is written, with the bits behind the length, so
    /// that `10.0.0.0/8` and `10.1.2.3/8` are two subnets to it. Subnets of shared networks count as well.
    "subnet/duplicate-prefix", Error, arm: "dhcp4-srv.html#ipv4-subnet-prefix", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}, {"id": 2, "subnet": "192.0.2.0/24"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}, {"id": 2, "subnet": "192.0.3.0/24"}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let prefixes =
        review.objects.subnets().filter_map(|subnet| Some((subnet.prefix().ok()?, subnet.place())));
    let mut prefixes: Vec<(Prefix, usize)> = prefixes.collect();
    prefixes.sort_unstable();
    for (one, other) in prefixes.iter().zip(prefixes.iter().skip(1)).filter(|(one, other)| one.0 == other.0) {
        let place = |place| review.objects.subnet(place).and_then(|subnet| subnet.object.get(Key::Subnet));
        let (Some(first), Some(second)) = (place(one.1), place(other.1)) else { continue };
        let finding = RULE.at(second, format!("subnet `{}` is there already", other.0));
        out.push(finding.related(first, "the same subnet").help("remove one of the two subnets"));
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
            ["Dhcp6.shared-networks[0].subnet6[0].subnet: subnet `2001:db8::/64` is there already"]
        );
    }
}
