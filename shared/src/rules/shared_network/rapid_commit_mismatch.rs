//! `shared-network/rapid-commit-mismatch`

use super::inner_subnets;
use crate::{
    Family,
    json::Element,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// Two subnets of a shared network differ in `rapid-commit`.
    ///
    /// ## Why
    /// Kea refuses it: it answers a client before it knows which of the subnets the address comes from. A subnet that does
    /// not set it takes the network's, which is `false` when not set either.
    "shared-network/rapid-commit-mismatch", Error, arm: "dhcp6-srv.html#rapid-commit", check,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"shared-networks": [{"name": "floor", "subnet6": [
                {"id": 1, "subnet": "2001:db8:1::/64"}, {"id": 2, "subnet": "2001:db8:2::/64", "rapid-commit": true}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"shared-networks": [{"name": "floor", "rapid-commit": true, "subnet6": [
                {"id": 1, "subnet": "2001:db8:1::/64"}, {"id": 2, "subnet": "2001:db8:2::/64", "rapid-commit": true}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"shared-networks": [{"name": "floor", "rapid-commit": true, "subnet6": [
                {"id": 1, "subnet": "2001:db8:1::/64", "rapid-commit": false}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.family == Family::V4 {
        return;
    }
    let mut first: Option<(usize, bool, Element<'_>)> = None;
    for (number, subnet) in inner_subnets(&review.objects) {
        let own = subnet.object.get(Key::RapidCommit);
        let of_network = subnet.network().and_then(|network| network.get(Key::RapidCommit));
        let Some(value) = own.or(of_network).map_or(Some(false), Element::as_bool) else { continue };
        let at = own.unwrap_or(subnet.object.element);
        match first {
            Some((of, before, other)) if of == number => {
                if before != value {
                    let message = format!(
                        "`rapid-commit` is {value} here and {before} in another subnet of the network"
                    );
                    let finding = if own.is_some() { RULE.at(at, message) } else { RULE.at_map(at, message) };
                    let finding = finding.related(other, "the other subnet");
                    out.push(finding.help("set it in the shared network, and not in its subnets"));
                }
            }
            _ => first = Some((number, value, at)),
        }
    }
}
