//! The semantic difference between two configurations.

use super::{
    flat::Flat,
    label::{Label, is_keyed, is_ordered, label},
};
use crate::{Family, config::hidden};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// One place where two configurations differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Difference {
    /// The place, with list items named by what identifies them: `option-data[domain-name-servers].data`,
    /// `subnet4[10.0.0.0/8].pools[…]`.
    pub path: String,
    /// What stood there; `None`: nothing.
    pub before: Option<Value>,
    /// What stands there now; `None`: nothing.
    pub after: Option<Value>,
}

/// Where the maps `before` and `after` (each a [`Config::root`](crate::config::Config)) differ, in the order of their
/// keys. The lists of Kea objects are compared by what identifies their items, so that order and position do not
/// matter where they mean nothing to Kea; where order does, a changed one is a difference of the list's names.
/// A subnet is named by itself, wherever it stands; its shared network is a value of it, under [`NETWORK`](super::NETWORK).
/// Secrets are shown as `••••`.
pub fn diff(before: &Value, after: &Value) -> Vec<Difference> {
    let mut walk = Walk::default();
    let flat = |root: Value| Flat::of(Family::V4, Flat::of(Family::V6, root).root).root;
    let [before, after] = [changed(before, after), changed(after, before)].map(flat);
    walk.compare(&Place::default(), Some(&before), Some(&after));
    walk.found
}

/// What is to be compared of a map: the keys under which the other one has something else.
fn changed(root: &Value, other: &Value) -> Value {
    /// A subnet may have moved from one of them to another.
    const SUBNETS: [&str; 3] = ["subnet4", "subnet6", "shared-networks"];
    let (Some(map), Some(other)) = (root.as_object(), other.as_object()) else { return root.clone() };
    let differs = |key: &str| map.get(key) != other.get(key);
    let subnets_differ = SUBNETS.into_iter().any(differs);
    let is_wanted = |key: &str| if SUBNETS.contains(&key) { subnets_differ } else { differs(key) };
    let wanted = map.iter().filter(|(key, _)| is_wanted(key));
    Value::Object(wanted.map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// Where the walk is.
#[derive(Debug, Clone, Default)]
struct Place {
    path: String,
    /// The last key on the way, which says what a list holds.
    key: String,
    /// Below `user-context`, whose lists are not Kea's.
    foreign: bool,
}

impl Place {
    fn member(&self, key: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        let foreign = self.foreign || key == "user-context";
        Self { path: format!("{}{dot}{key}", self.path), key: key.to_owned(), foreign }
    }

    fn item(&self, text: &str) -> Self {
        Self { path: format!("{}[{text}]", self.path), key: String::new(), foreign: self.foreign }
    }

    fn is_keyed(&self) -> bool {
        !self.foreign && is_keyed(&self.key)
    }
}

#[derive(Debug, Default)]
struct Walk {
    found: Vec<Difference>,
}

impl Walk {
    fn compare(&mut self, place: &Place, before: Option<&Value>, after: Option<&Value>) {
        if before == after {
            return;
        }
        match (before, after) {
            (Some(Value::Object(before)), Some(Value::Object(after))) => {
                self.compare_maps(place, before, after)
            }
            (Some(Value::Array(before)), Some(Value::Array(after))) => {
                self.compare_lists(place, before, after)
            }
            (None, Some(Value::Array(after))) if place.is_keyed() => self.compare_lists(place, &[], after),
            (Some(Value::Array(before)), None) if place.is_keyed() => self.compare_lists(place, before, &[]),
            _ => self.report(place, before, after),
        }
    }

    fn report(&mut self, place: &Place, before: Option<&Value>, after: Option<&Value>) {
        let shown = |value: Option<&Value>| value.map(|value| hidden(&place.key, value));
        self.found.push(Difference { path: place.path.clone(), before: shown(before), after: shown(after) });
    }

    fn compare_maps(&mut self, place: &Place, before: &Map<String, Value>, after: &Map<String, Value>) {
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in keys {
            self.compare(&place.member(key), before.get(key), after.get(key));
        }
    }

    fn compare_lists(&mut self, place: &Place, before: &[Value], after: &[Value]) {
        let labels = |items| if place.foreign { None } else { labelled(&place.key, items) };
        if let (Some(before), Some(after)) = (labels(before), labels(after)) {
            self.compare_labelled(place, &before, &after);
        } else if before.iter().chain(after).all(|item| !item.is_object() && !item.is_array()) {
            self.report(place, Some(&before.into()), Some(&after.into()));
        } else {
            for index in 0..before.len().max(after.len()) {
                self.compare(&place.item(&index.to_string()), before.get(index), after.get(index));
            }
        }
    }

    fn compare_labelled(&mut self, place: &Place, before: &[Labelled<'_>], after: &[Labelled<'_>]) {
        let index = |items: &[Labelled<'_>]| -> BTreeMap<String, usize> {
            items.iter().enumerate().map(|(index, (label, _))| (label.key.clone(), index)).collect()
        };
        let (in_before, in_after) = (index(before), index(after));
        for (label, item) in before {
            let other = in_after.get(&label.key).and_then(|index| after.get(*index)).map(|(_, item)| *item);
            self.compare(&place.item(&label.text), Some(item), other);
        }
        for (label, item) in after.iter().filter(|(label, _)| !in_before.contains_key(&label.key)) {
            self.compare(&place.item(&label.text), None, Some(item));
        }
        if is_ordered(&place.key) {
            self.compare_order(place, &common(before, &in_after), &common(after, &in_before));
        }
    }

    fn compare_order(&mut self, place: &Place, before: &[Value], after: &[Value]) {
        if before != after {
            self.report(place, Some(&before.into()), Some(&after.into()));
        }
    }
}

type Labelled<'a> = (Label, &'a Value);

/// The names of the items that both lists hold.
fn common(items: &[Labelled<'_>], other: &BTreeMap<String, usize>) -> Vec<Value> {
    items
        .iter()
        .filter(|(label, _)| other.contains_key(&label.key))
        .map(|(label, _)| label.text.clone().into())
        .collect()
}

/// The items with their identities, made unique by counting repetitions; `None` when one has no identity.
fn labelled<'a>(key: &str, items: &'a [Value]) -> Option<Vec<Labelled<'a>>> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let number = |(mut label, item): Labelled<'a>| {
        let count = seen.entry(label.key.clone()).or_default();
        *count += 1;
        if *count > 1 {
            label.key = format!("{}#{count}", label.key);
            label.text = format!("{}#{count}", label.text);
        }
        (label, item)
    };
    items
        .iter()
        .map(|item| Some((label(key, item)?, item)))
        .collect::<Option<Vec<_>>>()
        .map(|items| items.into_iter().map(number).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Differences as `path: before -> after` with `∅` for nothing.
    fn lines(before: Value, after: Value) -> Vec<String> {
        let text = |value: Option<Value>| value.map_or("∅".to_owned(), |value| value.to_string());
        let differences = diff(&before, &after).into_iter();
        differences.map(|d| format!("{}: {} -> {}", d.path, text(d.before), text(d.after))).collect()
    }

    #[test]
    fn maps_are_compared_by_key() {
        let before =
            json!({"valid-lifetime": 1, "dhcp-ddns": {"server-ip": "::1", "sender-port": 0}, "gone": true});
        let after =
            json!({"valid-lifetime": 2, "dhcp-ddns": {"server-ip": "::2", "sender-port": 0}, "new": [1]});
        assert_eq!(
            lines(before, after),
            [
                r#"dhcp-ddns.server-ip: "::1" -> "::2""#,
                "gone: true -> ∅",
                "new: ∅ -> [1]",
                "valid-lifetime: 1 -> 2"
            ]
        );
    }

    #[test]
    fn lists_of_kea_objects_are_compared_by_identity() {
        let option = |code: u16, name: &str, data: &str| json!({"code": code, "name": name, "data": data, "space": "dhcp4"});
        let before = json!({
            "option-data": [option(3, "routers", "a"), option(6, "domain-name-servers", "b")],
            "subnet4": [{"id": 1, "subnet": "10.0.0.0/8", "pools": [{"pool": "10.0.0.1-10.0.0.9"}]}, {"id": 2, "subnet": "192.0.2.0/24"}],
            "shared-networks": [{"name": "campus", "subnet4": [{"id": 7, "subnet": "10.7.0.0/16", "renew-timer": 1}]}],
        });
        let after = json!({
            "option-data": [option(6, "domain-name-servers", "c"), option(3, "routers", "a")],
            "subnet4": [{"id": 2, "subnet": "192.0.2.0/24"}, {"id": 1, "subnet": "10.0.0.0/8", "pools": []}],
            "shared-networks": [{"name": "campus", "subnet4": [{"id": 7, "subnet": "10.7.0.0/16", "renew-timer": 2}]}],
        });
        assert_eq!(
            lines(before, after),
            [
                r#"option-data[domain-name-servers].data: "b" -> "c""#,
                r#"subnet4[10.0.0.0/8].pools[10.0.0.1-10.0.0.9]: {"pool":"10.0.0.1-10.0.0.9"} -> ∅"#,
                "subnet4[10.7.0.0/16].renew-timer: 1 -> 2",
            ]
        );
    }

    #[test]
    fn each_list_knows_what_identifies_its_items() {
        for (key, one, two, name) in [
            (
                "subnet6",
                json!({"id": 1, "subnet": "2001:db8::/64"}),
                json!({"id": 2, "subnet": "2001:db8:1::/64"}),
                "2001:db8::/64",
            ),
            ("subnet4", json!({"subnet": "10.0.0.0/8"}), json!({"subnet": "10.0.0.0/16"}), "10.0.0.0/8"),
            (
                "option-def",
                json!({"space": "dhcp4", "code": 222, "name": "a"}),
                json!({"space": "x", "code": 222, "name": "a"}),
                "a",
            ),
            (
                "option-data",
                json!({"code": 1, "space": "a", "data": ""}),
                json!({"code": 1, "space": "b", "data": ""}),
                "a.1",
            ),
            (
                "pd-pools",
                json!({"prefix": "2001:db8::", "prefix-len": 40, "delegated-len": 56}),
                json!({"prefix": "2001:db8::", "prefix-len": 40, "delegated-len": 60}),
                "2001:db8::/40",
            ),
            (
                "reservations",
                json!({"hw-address": "1a:1b:1c:1d:1e:1f"}),
                json!({"duid": "0102"}),
                "1a:1b:1c:1d:1e:1f",
            ),
            ("hooks-libraries", json!({"library": "a.so"}), json!({"library": "b.so"}), "a.so"),
            (
                "control-sockets",
                json!({"socket-type": "http", "socket-port": 1}),
                json!({"socket-type": "http", "socket-port": 2}),
                "http/1",
            ),
            ("loggers", json!({"name": "kea-dhcp4"}), json!({"name": "kea-dhcp4.eval"}), "kea-dhcp4"),
            ("peers", json!({"name": "one"}), json!({"name": "two"}), "one"),
            ("client-classes", json!({"name": "voip"}), json!({"name": "guests"}), "voip"),
        ] {
            let before = json!({key: [one, two]});
            let after = json!({key: [two]});
            assert_eq!(lines(before, after), [format!("{key}[{name}]: {one} -> ∅")]);
        }
    }

    #[test]
    fn order_is_a_difference_only_where_kea_reads_lists_in_order() {
        let list = |key: &str, names: [&str; 2]| json!({key: names.map(|name| json!({"name": name, "library": name}))});
        assert_eq!(lines(list("loggers", ["a", "b"]), list("loggers", ["b", "a"])), [""; 0]);
        for key in ["client-classes", "hooks-libraries"] {
            assert_eq!(
                lines(list(key, ["a", "b"]), list(key, ["b", "a"])),
                [format!(r#"{key}: ["a","b"] -> ["b","a"]"#)]
            );
        }
        let before = json!({"client-classes": [{"name": "a"}, {"name": "b"}]});
        let after = json!({"client-classes": [{"name": "new"}, {"name": "a"}, {"name": "b"}]});
        assert_eq!(lines(before, after), [r#"client-classes[new]: ∅ -> {"name":"new"}"#]);
    }

    #[test]
    fn other_lists_are_compared_by_position_and_plain_ones_whole() {
        assert_eq!(
            lines(json!({"interfaces": ["eth0"]}), json!({"interfaces": ["eth0", "eth1"]})),
            [r#"interfaces: ["eth0"] -> ["eth0","eth1"]"#]
        );
        assert_eq!(
            lines(json!({"odd": [{"a": 1}, {"a": 2}]}), json!({"odd": [{"a": 1}]})),
            [r#"odd[1]: {"a":2} -> ∅"#]
        );
        let context =
            |names: [&str; 2]| json!({"user-context": {"peers": names.map(|name| json!({"name": name}))}});
        assert_eq!(lines(context(["a", "b"]), context(["b", "a"])).len(), 2);
    }

    #[test]
    fn repeated_items_are_counted() {
        let pool = json!({"pool": "a-b"});
        assert_eq!(
            lines(json!({"pools": [pool]}), json!({"pools": [pool, pool]})),
            [r##"pools[a-b#2]: ∅ -> {"pool":"a-b"}"##]
        );
    }

    #[test]
    fn an_empty_list_of_kea_objects_is_like_none() {
        assert_eq!(lines(json!({"option-data": []}), json!({})), [""; 0]);
        assert_eq!(lines(json!({}), json!({"interfaces": []})).len(), 1);
    }

    #[test]
    fn secrets_are_hidden() {
        let database = |password: &str| json!({"lease-database": {"type": "mysql", "user": "kea", "password": password}});
        let text = format!("{:?}", lines(database("first-word"), database("second-word")));
        assert!(text.contains("lease-database.password") && text.contains("••••"), "{text}");
        let peers = |peers: Value| json!({"peers": peers});
        let peer =
            json!({"name": "one", "basic-auth-password": "first-word", "x": [{"secret": "second-word"}]});
        let added = format!("{:?}", lines(peers(json!([])), peers(json!([peer]))));
        assert!(added.contains("one"), "{added}");
        for text in [text, added] {
            assert!(!text.contains("-word"), "{text}");
        }
    }
}
