//! The inheritance that `config-get` prints into every subnet: undoing it, and doing it as Kea does.

use super::Config;
use crate::Family;
use serde_json::{Map, Value};

/// What `config-get` copies from the global map into every shared network, and from there into every subnet.
/// `relay` begins at the shared network. Source: Kea 2.2.0, 2.6.3 and 3.0.4 themselves; a key that a version does not
/// copy is in no subnet there.
const INHERITED: [&str; 14] = [
    "allocator",
    "cache-max-age",
    "cache-threshold",
    "calculate-tee-times",
    "offer-lifetime",
    "pd-allocator",
    "preferred-lifetime",
    "rebind-timer",
    "relay",
    "renew-timer",
    "store-extended-info",
    "t1-percent",
    "t2-percent",
    "valid-lifetime",
];

/// The bounds of a lifetime, and the lifetime that each of them equals where nobody sets it.
const BOUNDS: [(&str, &str); 4] = [
    ("max-preferred-lifetime", "preferred-lifetime"),
    ("max-valid-lifetime", "valid-lifetime"),
    ("min-preferred-lifetime", "preferred-lifetime"),
    ("min-valid-lifetime", "valid-lifetime"),
];

/// Makes what subnets and shared networks inherit inherited again. `config-get` prints inherited lifetimes and
/// timers in every subnet; sent back as they are they would be set there, and raising the global `valid-lifetime`
/// would change no subnet any more.
///
/// `config` must be one whole `config-get`. A key is dropped where it equals what the subnet would inherit without
/// it. A value that somebody set on purpose to just that is lost as well: the two cannot be told apart.
pub fn thaw(config: &mut Config) {
    each_child(config, |inherited, map| inherited.drop_from(map));
    each_outer(config, |map| {
        if map.get(RAPID_COMMIT) == Some(&Value::Bool(false)) {
            map.remove(RAPID_COMMIT);
        }
    });
}

/// Prints into every subnet and shared network what it inherits, as `config-get` does. [`thaw`] undoes it.
pub fn freeze(config: &mut Config) {
    each_child(config, |inherited, map| inherited.print_into(map));
    each_outer(config, |map| {
        map.entry(RAPID_COMMIT).or_insert(Value::Bool(false));
    });
}

/// What `config-get` prints as false into every DHCPv6 subnet and shared network, but not into the subnets of a shared
/// network: there it is the network's. Source: as above.
const RAPID_COMMIT: &str = "rapid-commit";

/// Calls `visit` for every DHCPv6 shared network and every subnet outside them.
fn each_outer(config: &mut Config, visit: impl Fn(&mut Map<String, Value>)) {
    if config.family == Family::V6 {
        for list in ["shared-networks", config.family.subnet_key()] {
            maps(config.root.get_mut(list)).for_each(&visit);
        }
    }
}

/// Whether `config-get` prints the key into subnets and shared networks that inherit it.
pub(crate) fn is_inheritable(key: &str) -> bool {
    inheritable().any(|other| other == key)
}

/// The keys that `config-get` prints into subnets and shared networks that inherit them: lifetimes before their
/// bounds.
pub(crate) fn inheritable() -> impl Iterator<Item = &'static str> {
    INHERITED.into_iter().chain(BOUNDS.into_iter().map(|(bound, _)| bound))
}

/// What `map`, a subnet of `network` or a shared network, has for `key` when it does not set it itself; `None` where
/// Kea prints no inherited value. `global` is the whole configuration; its inherited keys may be printed or not.
pub(crate) fn inherited(global: &Value, network: Option<&Value>, map: &Value, key: &str) -> Option<Value> {
    let bound = BOUNDS.iter().find(|(bound, _)| *bound == key);
    if !is_inheritable(key) {
        return None;
    }
    let global = Inherited::default().narrowed(global.as_object()?, global.as_object()?);
    let inherited = match network.and_then(Value::as_object).map(timers) {
        Some(network) => {
            let (mut printed, mut set) = (network.clone(), network);
            global.print_into(&mut printed);
            global.drop_from(&mut set);
            global.narrowed(&printed, &set)
        }
        None => global,
    };
    let lifetime = |(_, lifetime): &(&str, &str)| map.get(lifetime).or_else(|| inherited.0.get(*lifetime));
    inherited.0.get(key).or_else(|| bound.and_then(lifetime)).cloned()
}

/// The keys of a map that are inherited.
fn timers(map: &Map<String, Value>) -> Map<String, Value> {
    inheritable()
        .filter_map(|key| map.get_key_value(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// Calls `visit` for every shared network and every subnet with what it inherits.
fn each_child(config: &mut Config, visit: impl Fn(&Inherited, &mut Map<String, Value>)) {
    let subnets = config.family.subnet_key();
    let Some(global) = config.root.as_object() else { return };
    let global = Inherited::default().narrowed(global, global);
    for subnet in maps(config.root.get_mut(subnets)) {
        visit(&global, subnet);
    }
    for network in maps(config.root.get_mut("shared-networks")) {
        let (mut printed, mut set) = (network.clone(), network.clone());
        global.print_into(&mut printed);
        global.drop_from(&mut set);
        visit(&global, network);
        let inherited = global.narrowed(&printed, &set);
        for subnet in maps(network.get_mut(subnets)) {
            visit(&inherited, subnet);
        }
    }
}

fn maps(list: Option<&mut Value>) -> impl Iterator<Item = &mut Map<String, Value>> {
    list.and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_object_mut)
}

/// What a level hands down: the plain keys as printed, the bounds only where somebody set them.
#[derive(Debug, Clone, Default)]
struct Inherited(Map<String, Value>);

impl Inherited {
    /// What the next level hands down: `printed` is its map, `set` is the same map with only what is set there.
    fn narrowed(&self, printed: &Map<String, Value>, set: &Map<String, Value>) -> Self {
        let mut result = self.0.clone();
        let plain = INHERITED.iter().filter_map(|key| printed.get_key_value(*key));
        let bounds = BOUNDS.iter().filter_map(|(key, _)| set.get_key_value(*key));
        result.extend(plain.chain(bounds).map(|(key, value)| (key.clone(), value.clone())));
        Self(result)
    }

    fn print_into(&self, map: &mut Map<String, Value>) {
        for key in INHERITED {
            if let Some(value) = self.0.get(key).filter(|_| !map.contains_key(key)) {
                map.insert(key.to_owned(), value.clone());
            }
        }
        for (bound, lifetime) in BOUNDS {
            if let Some(value) =
                self.0.get(bound).or_else(|| map.get(lifetime)).filter(|_| !map.contains_key(bound))
            {
                map.insert(bound.to_owned(), value.clone());
            }
        }
    }

    fn drop_from(&self, map: &mut Map<String, Value>) {
        for (bound, lifetime) in BOUNDS {
            let inherited = self.0.get(bound).or_else(|| map.get(lifetime));
            if inherited.is_some() && map.get(bound) == inherited {
                map.remove(bound);
            }
        }
        for key in INHERITED {
            if map.contains_key(key) && map.get(key) == self.0.get(key) {
                map.remove(key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn thawed(root: Value) -> Value {
        let mut config = Config { family: Family::V4, root };
        thaw(&mut config);
        config.root
    }

    #[test]
    fn inherited_keys_are_dropped_and_own_ones_kept() {
        let lifetime = |valid: u32, min: u32, max: u32| json!({"valid-lifetime": valid, "min-valid-lifetime": min, "max-valid-lifetime": max});
        for (global, printed, expected) in [
            // Nobody set a bound: it is printed equal to the plain lifetime.
            (json!({"valid-lifetime": 3600}), lifetime(3600, 3600, 3600), json!({})),
            (json!({"valid-lifetime": 3600}), lifetime(900, 900, 900), json!({"valid-lifetime": 900})),
            (json!({"valid-lifetime": 3600}), lifetime(3600, 900, 3600), json!({"min-valid-lifetime": 900})),
            // The global map set one: it goes down, whatever the plain lifetime of the subnet.
            (
                json!({"valid-lifetime": 3600, "max-valid-lifetime": 7200}),
                lifetime(900, 900, 7200),
                json!({"valid-lifetime": 900}),
            ),
            (
                json!({"valid-lifetime": 3600, "max-valid-lifetime": 7200}),
                lifetime(900, 900, 900),
                json!({"valid-lifetime": 900, "max-valid-lifetime": 900}),
            ),
            // A key that the global map does not print is the subnet's own.
            (json!({}), json!({"renew-timer": 60}), json!({"renew-timer": 60})),
            (
                json!({"t1-percent": 0.5, "allocator": "random"}),
                json!({"t1-percent": 0.5, "allocator": "iterative"}),
                json!({"allocator": "iterative"}),
            ),
            (
                json!({"match-client-id": true, "id": 1}),
                json!({"match-client-id": true, "id": 1}),
                json!({"match-client-id": true, "id": 1}),
            ),
        ] {
            let with = |subnet: &Value| {
                let mut root = global.clone();
                root["subnet4"] = json!([subnet]);
                root
            };
            assert_eq!(thawed(with(&printed)), with(&expected), "{global} {printed}");
        }
    }

    #[test]
    fn a_shared_network_is_the_parent_of_its_subnets() {
        let printed = json!({
            "valid-lifetime": 3600,
            "shared-networks": [
                {"name": "same", "valid-lifetime": 3600, "min-valid-lifetime": 3600, "subnet4": [{"id": 1, "valid-lifetime": 3600, "min-valid-lifetime": 3600}]},
                {"name": "own", "relay": {"ip-addresses": ["192.0.2.1"]}, "valid-lifetime": 900, "min-valid-lifetime": 60, "subnet4": [
                    {"id": 2, "relay": {"ip-addresses": ["192.0.2.1"]}, "valid-lifetime": 900, "min-valid-lifetime": 60},
                    {"id": 3, "valid-lifetime": 3600, "min-valid-lifetime": 3600},
                ]},
            ],
        });
        let expected = json!({
            "valid-lifetime": 3600,
            "shared-networks": [
                {"name": "same", "subnet4": [{"id": 1}]},
                {"name": "own", "relay": {"ip-addresses": ["192.0.2.1"]}, "valid-lifetime": 900, "min-valid-lifetime": 60, "subnet4": [
                    {"id": 2},
                    {"id": 3, "valid-lifetime": 3600, "min-valid-lifetime": 3600},
                ]},
            ],
        });
        assert_eq!(thawed(printed), expected);
    }

    /// Some of the inherited keys of one level.
    fn level() -> impl Strategy<Value = Map<String, Value>> {
        const KEYS: &[&str] =
            &["valid-lifetime", "min-valid-lifetime", "max-valid-lifetime", "renew-timer", "allocator"];
        proptest::collection::btree_map(proptest::sample::select(KEYS), 0u8..3, 0..5)
            .prop_map(|keys| keys.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect())
    }

    proptest! {
        #[test]
        fn a_thawed_configuration_is_printed_as_before(levels in proptest::collection::vec(level(), 5)) {
            let [global, plain, network, first, second] = <[_; 5]>::try_from(levels).unwrap().map(Value::Object);
            let mut root = global;
            root["subnet4"] = json!([plain]);
            root["shared-networks"] = json!([network]);
            root["shared-networks"][0]["subnet4"] = json!([first, second]);
            let mut printed = Config { family: Family::V4, root };
            freeze(&mut printed);
            let mut again = printed.clone();
            thaw(&mut again);
            freeze(&mut again);
            prop_assert_eq!(again, printed);
        }
    }

    #[test]
    fn what_has_another_form_is_left_alone() {
        for root in [
            json!([]),
            json!({"subnet4": {"id": 1}}),
            json!({"subnet4": [1, null]}),
            json!({"shared-networks": [[]]}),
        ] {
            assert_eq!(thawed(root.clone()), root);
        }
    }
}
