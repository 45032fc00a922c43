//! `shared-network/interface-mismatch`

use super::inner_subnets;
use crate::{
    json::Element,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A subnet of a shared network names another `interface` than the network or one of its other subnets.
    ///
    /// ## Why
    /// Kea refuses it: the subnets of a shared network are on one link. Subnets that name none do not matter.
    "shared-network/interface-mismatch", Error, arm: "dhcp4-srv.html#local-and-relayed-traffic-in-shared-networks", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"shared-networks": [{"name": "floor", "interface": "lo", "subnet4": [
                {"id": 1, "subnet": "192.0.2.0/24", "interface": "eth0"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"shared-networks": [{"name": "floor", "interface": "lo", "subnet4": [
                {"id": 1, "subnet": "192.0.2.0/24"}, {"id": 2, "subnet": "192.0.3.0/24", "interface": "lo"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let named = |object: crate::rules::objects::Object<'_>| {
        let element = object.get(Key::Interface)?;
        element.as_str().is_some_and(|name| !name.is_empty()).then(|| element.id())
    };
    let mut current: Option<(usize, Element<'_>)> = None;
    for (network, subnet) in inner_subnets(&review.objects) {
        if current.is_none_or(|(of, _)| of != network) {
            let own = subnet.network().and_then(named).map(|id| review.objects.element(id));
            current = own.map(|element| (network, element));
        }
        let Some(element) = named(subnet.object).map(|id| review.objects.element(id)) else { continue };
        match current {
            Some((_, first)) if first.as_str() != element.as_str() => {
                let name = element.as_str().unwrap_or_default();
                let other = first.as_str().unwrap_or_default();
                let finding =
                    RULE.at(element, format!("interface `{name}` in a shared network on `{other}`"));
                out.push(
                    finding
                        .related(first, "the other interface")
                        .help("name one interface, best in the network"),
                );
            }
            Some(_) => {}
            None => current = Some((network, element)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    #[test]
    fn names_are_compared_within_a_network() {
        let found = |network: &str, one: &str, two: &str| {
            let root = json!({"shared-networks": [
                {"name": "a", "interface": network, "subnet4": [
                    {"id": 1, "subnet": "192.0.2.0/24", "interface": one}, {"id": 2, "subnet": "192.0.3.0/24", "interface": two}]},
                {"name": "b", "subnet4": [{"id": 3, "subnet": "192.0.4.0/24", "interface": "other"}]},
            ]});
            findings(&RULE, Family::V4, "3.0.4", root).len()
        };
        assert_eq!(found("", "", ""), 0);
        assert_eq!(found("eth0", "", "eth0"), 0);
        assert_eq!(found("", "eth0", ""), 0);
        assert_eq!(found("", "eth0", "eth1"), 1);
        assert_eq!(found("eth0", "eth1", "eth1"), 2);
        assert_eq!(found("eth0", "", "eth1"), 1);
    }
}
