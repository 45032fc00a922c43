//! `lifetime/order`

use crate::{
    Family, KeaVersion,
    rules::{
        Example, Findings, Review,
        objects::{Key, Object},
        rule,
    },
};

rule! {
    /// A lifetime is not between its minimum and its maximum.
    ///
    /// ## Why
    /// Kea refuses it. Each of the three is inherited on its own, from the global map by shared networks and from
    /// those by subnets, so a subnet that sets one of them must fit the two that it inherits. Where nobody sets
    /// `valid-lifetime`, Kea takes 7200 seconds. In a client class nothing is inherited, so that a minimum and a maximum
    /// need a lifetime beside them.
    ///
    /// ## Example
    /// ```json
    /// { "valid-lifetime": 3600, "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "max-valid-lifetime": 1800 } ] }
    /// ```
    ///
    /// ## Use instead
    /// Set `valid-lifetime` in that subnet too, to 1800 or less.
    "lifetime/order", Error, arm: "dhcp4-srv.html#dhcpv4-server-configuration", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"valid-lifetime": 3600, "subnet4": [
                {"id": 1, "subnet": "192.0.2.0/24", "max-valid-lifetime": 1800}]}}"#,
        ),
        Example::new(r#"{"Dhcp6": {"min-preferred-lifetime": 4000, "max-preferred-lifetime": 3000}}"#),
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "a", "min-valid-lifetime": 60, "max-valid-lifetime": 60}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"valid-lifetime": 3600, "subnet4": [
                {"id": 1, "subnet": "192.0.2.0/24", "valid-lifetime": 900, "max-valid-lifetime": 1800}]}}"#,
        ),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a", "max-valid-lifetime": 60}]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let objects = &review.objects;
    for kind in kinds(review.family, review.version) {
        let global =
            kind.read(objects.global(), Lifetime { plain: kind.default, ..Lifetime::default() }, out);
        for class in objects.classes() {
            kind.read(class, Lifetime::default(), out);
        }
        for network in objects.networks() {
            kind.read(network, global, out);
        }
        for subnet in objects.subnets().filter(|subnet| kind.is_set_in(subnet.object)) {
            let parent = subnet.network().map_or(global, |network| kind.here(network, global));
            kind.read(subnet.object, parent, out);
        }
    }
}

/// A lifetime and its bounds, in seconds, each where somebody sets it.
#[derive(Debug, Clone, Copy, Default)]
struct Lifetime {
    min: Option<u32>,
    plain: Option<u32>,
    max: Option<u32>,
}

/// Which lifetime.
#[derive(Debug, Clone, Copy)]
struct Kind {
    min: Key,
    plain: Key,
    max: Key,
    /// What Kea takes where nobody sets it.
    default: Option<u32>,
}

/// The lifetimes of a family. Only Kea 2.2 has a default for the preferred one.
fn kinds(family: Family, version: KeaVersion) -> Vec<Kind> {
    let valid = Kind {
        min: Key::MinValidLifetime,
        plain: Key::ValidLifetime,
        max: Key::MaxValidLifetime,
        default: Some(7200),
    };
    let preferred = Kind {
        min: Key::MinPreferredLifetime,
        plain: Key::PreferredLifetime,
        max: Key::MaxPreferredLifetime,
        default: (version < KeaVersion::new(2, 3, 8)).then_some(3600),
    };
    if family == Family::V4 { vec![valid] } else { vec![valid, preferred] }
}

impl Kind {
    fn is_set_in(self, scope: Object<'_>) -> bool {
        scope.has_any(&[self.min, self.plain, self.max])
    }

    /// What holds in `scope`, which inherits from `parent`, with a finding where it is out of order.
    fn read(self, scope: Object<'_>, parent: Lifetime, out: &mut Findings) -> Lifetime {
        let here = self.here(scope, parent);
        if let Some((message, keys)) = self.problem(here) {
            let mut set = keys.into_iter().filter_map(|key| scope.get(key));
            let any = || [self.max, self.plain, self.min].into_iter().find_map(|key| scope.get(key));
            if let Some(at) = set.next().or_else(any) {
                let (min, plain, max) = (self.min.name(), self.plain.name(), self.max.name());
                let help = format!("let {min} ≤ {plain} ≤ {max}; what is not set here is inherited");
                let finding = RULE.at_key(at, message).help(help);
                out.push(match set.next() {
                    Some(other) => finding.related(other, "the other one"),
                    None => finding,
                });
            }
        }
        here
    }

    fn here(self, scope: Object<'_>, parent: Lifetime) -> Lifetime {
        Lifetime {
            min: own(scope, self.min).or(parent.min),
            plain: own(scope, self.plain).or(parent.plain),
            max: own(scope, self.max).or(parent.max),
        }
    }

    /// What is out of order, and the keys that contradict each other.
    fn problem(self, Lifetime { min, plain, max }: Lifetime) -> Option<(String, [Key; 2])> {
        let (min_name, plain_name, max_name) = (self.min.name(), self.plain.name(), self.max.name());
        match (min, plain, max) {
            (Some(_), None, Some(_)) => {
                let message = format!("`{min_name}` and `{max_name}` need a `{plain_name}`");
                Some((message, [self.max, self.min]))
            }
            (Some(min), Some(plain), _) if min > plain => {
                let message = format!("`{min_name}` {min} is greater than `{plain_name}` {plain}");
                Some((message, [self.min, self.plain]))
            }
            (_, Some(plain), Some(max)) if max < plain => {
                let message = format!("`{max_name}` {max} is less than `{plain_name}` {plain}");
                Some((message, [self.max, self.plain]))
            }
            _ => None,
        }
    }
}

/// Seconds that are set in `scope`, cut to 32 bits as Kea does before it compares them.
fn own(scope: Object<'_>, key: Key) -> Option<u32> {
    scope.int(key).and_then(|number| u32::try_from(number & i64::from(u32::MAX)).ok())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    #[test]
    fn pass_and_fail() {
        let found = |root| findings(&RULE, Family::V4, "3.0.4", root);
        for root in [
            json!({"min-valid-lifetime": 60, "valid-lifetime": 60, "max-valid-lifetime": 60}),
            json!({"max-valid-lifetime": 7200}),
            json!({"valid-lifetime": 60, "subnet4": [{"max-valid-lifetime": 100}]}),
            json!({"client-classes": [{"name": "a", "max-valid-lifetime": 5}]}),
            json!({"shared-networks": [{"valid-lifetime": 60, "subnet4": [{"max-valid-lifetime": 100}]}]}),
            json!({"max-valid-lifetime": -1}),
        ] {
            assert_eq!(found(root.clone()), [""; 0], "{root}");
        }
        for (root, message) in [
            (
                json!({"min-valid-lifetime": 8000}),
                "Dhcp4.min-valid-lifetime: `min-valid-lifetime` 8000 is greater than `valid-lifetime` 7200",
            ),
            (
                json!({"max-valid-lifetime": 4294967297_i64}),
                "Dhcp4.max-valid-lifetime: `max-valid-lifetime` 1 is less than `valid-lifetime` 7200",
            ),
            (
                json!({"subnet4": [{"max-valid-lifetime": 150}]}),
                "Dhcp4.subnet4[0].max-valid-lifetime: `max-valid-lifetime` 150 is less than `valid-lifetime` 7200",
            ),
            (
                json!({"shared-networks": [{"min-valid-lifetime": 100, "valid-lifetime": 200, "subnet4": [{"valid-lifetime": 60}]}]}),
                "Dhcp4.shared-networks[0].subnet4[0].valid-lifetime: `min-valid-lifetime` 100 is greater than `valid-lifetime` 60",
            ),
            (
                json!({"client-classes": [{"name": "a", "min-valid-lifetime": 1, "max-valid-lifetime": 2}]}),
                "Dhcp4.client-classes[0].max-valid-lifetime: `min-valid-lifetime` and `max-valid-lifetime` need a `valid-lifetime`",
            ),
        ] {
            assert_eq!(found(root), [message]);
        }
    }

    #[test]
    fn only_kea_2_2_has_a_default_for_the_preferred_lifetime() {
        let root = json!({"max-preferred-lifetime": 60});
        assert_eq!(findings(&RULE, Family::V6, "2.2.0", root.clone()).len(), 1);
        assert_eq!(findings(&RULE, Family::V6, "2.6.3", root).len(), 0);
    }
}
