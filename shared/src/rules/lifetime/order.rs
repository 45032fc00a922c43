//! `lifetime/order`

use crate::{
    Family, KeaVersion,
    diagnostic::Diagnostic,
    rules::{Review, places::Placed, rule},
};
use serde_json::Value;

rule! {
    /// A lifetime is not between its minimum and its maximum.
    ///
    /// ## Why
    /// Kea refuses it. Each of the three is inherited on its own, from the global map by shared networks and from
    /// those by subnets, so a subnet that sets one of them must fit the two that it inherits. Where nobody sets
    /// `valid-lifetime`, Kea takes 7200 seconds.
    ///
    /// ## Example
    /// ```json
    /// { "valid-lifetime": 3600, "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "max-valid-lifetime": 1800 } ] }
    /// ```
    ///
    /// ## Use instead
    /// Set `valid-lifetime` in that subnet too, to 1800 or less.
    "lifetime/order", Error, arm: "dhcp4-srv.html#lease-lifetimes", check
}

fn check(review: &Review<'_>, out: &mut Vec<Diagnostic>) {
    for kind in kinds(review.config.family, review.version) {
        let root = review.root();
        let global = kind.read(&root, Lifetime { plain: kind.default, ..Lifetime::default() }, out);
        for class in root.items("client-classes") {
            kind.read(&class, Lifetime::default(), out);
        }
        for network in root.items("shared-networks") {
            kind.read(&network, global, out);
        }
        for placed in review.subnets() {
            let parent =
                placed.network.map_or(global, |network| kind.read(&network, global, &mut Vec::new()));
            kind.read(&placed.subnet, parent, out);
        }
    }
}

/// A lifetime and its bounds, in seconds, each where somebody sets it.
#[derive(Debug, Clone, Copy, Default)]
struct Lifetime {
    min: Option<u64>,
    plain: Option<u64>,
    max: Option<u64>,
}

/// Which lifetime.
#[derive(Debug, Clone, Copy)]
struct Kind {
    min: &'static str,
    plain: &'static str,
    max: &'static str,
    /// What Kea takes where nobody sets it.
    default: Option<u64>,
}

/// The lifetimes of a family. Only Kea 2.2 has a default for the preferred one.
fn kinds(family: Family, version: KeaVersion) -> Vec<Kind> {
    let valid = Kind {
        min: "min-valid-lifetime",
        plain: "valid-lifetime",
        max: "max-valid-lifetime",
        default: Some(7200),
    };
    let preferred = Kind {
        min: "min-preferred-lifetime",
        plain: "preferred-lifetime",
        max: "max-preferred-lifetime",
        default: (version < KeaVersion::new(2, 3, 0)).then_some(3600),
    };
    if family == Family::V4 { vec![valid] } else { vec![valid, preferred] }
}

impl Kind {
    /// What holds in `scope`, which inherits from `parent`, with a finding where it is out of order.
    fn read(self, scope: &Placed<'_>, parent: Lifetime, out: &mut Vec<Diagnostic>) -> Lifetime {
        // Kea cuts a number beyond 32 bits, so nothing is said about one.
        let own =
            |key| scope.value.get(key).and_then(Value::as_u64).filter(|number| *number <= u32::MAX.into());
        let here = Lifetime {
            min: own(self.min).or(parent.min),
            plain: own(self.plain).or(parent.plain),
            max: own(self.max).or(parent.max),
        };
        let sets_one = [self.min, self.plain, self.max].iter().any(|key| own(key).is_some());
        if let Some(message) = self.problem(here).filter(|_| sets_one) {
            let help = format!(
                "let {} ≤ {} ≤ {}; what is not set here is inherited",
                self.min, self.plain, self.max
            );
            out.push(Diagnostic::error(RULE.code, message).help(help).at(scope.path.clone()));
        }
        here
    }

    fn problem(self, Lifetime { min, plain, max }: Lifetime) -> Option<String> {
        match (min, plain, max) {
            (Some(min), None, Some(max)) if min != max => {
                Some(format!("`{}` and `{}` need a `{}`", self.min, self.max, self.plain))
            }
            (Some(min), Some(plain), _) if min > plain => {
                Some(format!("`{}` {min} is greater than `{}` {plain}", self.min, self.plain))
            }
            (_, Some(plain), Some(max)) if max < plain => {
                Some(format!("`{}` {max} is less than `{}` {plain}", self.max, self.plain))
            }
            _ => None,
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
        let found = |root| findings(&RULE, Family::V4, "3.0.4", root);
        for root in [
            json!({"min-valid-lifetime": 60, "valid-lifetime": 60, "max-valid-lifetime": 60}),
            json!({"max-valid-lifetime": 7200}),
            json!({"valid-lifetime": 60, "subnet4": [{"max-valid-lifetime": 100}]}),
            json!({"client-classes": [{"name": "a", "max-valid-lifetime": 5}]}),
            json!({"shared-networks": [{"valid-lifetime": 60, "subnet4": [{"max-valid-lifetime": 100}]}]}),
        ] {
            assert_eq!(found(root.clone()), [""; 0], "{root}");
        }
        for (root, message) in [
            (
                json!({"min-valid-lifetime": 8000}),
                "Dhcp4: `min-valid-lifetime` 8000 is greater than `valid-lifetime` 7200",
            ),
            (
                json!({"subnet4": [{"max-valid-lifetime": 150}]}),
                "Dhcp4.subnet4[0]: `max-valid-lifetime` 150 is less than `valid-lifetime` 7200",
            ),
            (
                json!({"shared-networks": [{"min-valid-lifetime": 100, "valid-lifetime": 200, "subnet4": [{"valid-lifetime": 60}]}]}),
                "Dhcp4.shared-networks[0].subnet4[0]: `min-valid-lifetime` 100 is greater than `valid-lifetime` 60",
            ),
            (
                json!({"client-classes": [{"name": "a", "min-valid-lifetime": 1, "max-valid-lifetime": 2}]}),
                "Dhcp4.client-classes[0]: `min-valid-lifetime` and `max-valid-lifetime` need a `valid-lifetime`",
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
