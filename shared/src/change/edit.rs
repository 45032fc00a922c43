//! Typed edits: each says where it stands, what it expects to find and what it leaves.

use super::{
    flat::NETWORK,
    place::{Place, Step},
};
use crate::{
    config::hidden,
    option::{OptionData, OptionDef},
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// One change of a daemon's configuration: of one object, or of one key of one.
///
/// | `before` | `after` | |
/// | --- | --- | --- |
/// | nothing | a value | adds it |
/// | a value | a value | replaces it |
/// | a value | nothing | removes it |
/// | nothing | nothing | moves it, as `from` and `to` say |
///
/// # Example
/// ```
/// use perch_shared::{Family, change::{Edit, Place, apply}, config::Config};
/// use serde_json::json;
/// let config = Config { family: Family::V4, root: json!({"subnet4": [{"id": 7, "subnet": "10.0.0.0/8", "comment": "kept"}]}) };
/// let place = Place::root().subnet(7, "10.0.0.0/8");
/// let edits = [
///     Edit::set(place.clone().key("valid-lifetime"), None, Some(json!(900))),
///     Edit::add(place.pool("10.0.0.1 - 10.0.0.9"), json!({"pool": "10.0.0.1 - 10.0.0.9"})),
/// ];
/// let after = apply(&config, &edits)?;
/// assert_eq!(after.root["subnet4"][0]["valid-lifetime"], 900);
/// assert_eq!(edits[0].describe(), "Set `valid-lifetime` of subnet 10.0.0.0/8 to `900`");
/// # Ok::<(), Vec<perch_shared::api::Conflict>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Edit {
    /// Which object or key.
    pub place: Place,
    /// What it expects to find, as `config-get` printed it.
    #[serde(default, deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Value>"))]
    pub before: Option<Value>,
    /// What it leaves.
    #[serde(default, deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Value>"))]
    pub after: Option<Value>,
    /// Where in its list the object stood; `None`: wherever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Position>,
    /// Where in its list the object shall stand; `None`: where it stands, a new one at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Position>,
}

/// A position in a list whose order means something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// Before all others.
    First,
    /// Right behind the item with this identity: of a client class, its name.
    After(String),
}

/// A `null` that is there is a value, not nothing.
fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Edit {
    /// Gives a place another value: an object or a key, from nothing or to nothing.
    pub fn set(place: Place, before: Option<Value>, after: Option<Value>) -> Self {
        Self { place, before, after, from: None, to: None }
    }

    /// Adds an object or a key.
    pub fn add(place: Place, after: Value) -> Self {
        Self::set(place, None, Some(after))
    }

    /// Removes an object or a key.
    pub fn remove(place: Place, before: Value) -> Self {
        Self::set(place, Some(before), None)
    }

    /// Adds an object to the scope, which is named as the object itself says: `list` is the list's key, such as
    /// `pools`. `None` when the object lacks what identifies it.
    pub fn add_to(scope: &Place, list: &str, after: Value) -> Option<Self> {
        Some(Self::add(scope.clone().step(Step::to(list, &after)?), after))
    }

    /// Sets (`before` is `None`: adds) or removes (`after` is `None`) an option of a scope.
    pub fn option(scope: &Place, before: Option<&OptionData>, after: Option<&OptionData>) -> Self {
        let place = before.or(after).map_or_else(|| scope.clone(), |option| scope.clone().option(option));
        Self::set(place, before.and_then(value), after.and_then(value))
    }

    /// Sets (`before` is `None`: adds) or removes (`after` is `None`) an option definition of a scope.
    pub fn definition(scope: &Place, before: Option<&OptionDef>, after: Option<&OptionDef>) -> Self {
        let place = before.or(after).map_or_else(|| scope.clone(), |def| scope.clone().definition(def));
        Self::set(place, before.and_then(value), after.and_then(value))
    }

    /// Moves an object within its list: a client class behind another one.
    pub fn move_to(place: Place, from: Position, to: Position) -> Self {
        Self { place, before: None, after: None, from: Some(from), to: Some(to) }
    }

    /// Moves a subnet from one shared network to another; `None`: to no network.
    pub fn move_subnet(subnet: Place, from: Option<&str>, to: Option<&str>) -> Self {
        Self::set(subnet.key(NETWORK), from.map(Value::from), to.map(Value::from))
    }

    /// Adds a shared network without subnets.
    pub fn add_network(name: &str, comment: &str) -> Self {
        let mut network = serde_json::Map::new();
        network.insert("name".to_owned(), name.into());
        if !comment.is_empty() {
            network.insert("user-context".to_owned(), serde_json::json!({"comment": comment}));
        }
        Self::add(Place::root().network(name), Value::Object(network))
    }

    /// The same edit with the object at a position of its list.
    #[must_use]
    pub fn at(self, to: Position) -> Self {
        Self { to: Some(to), ..self }
    }

    /// The same edit, with the place in its list where it found what it takes away.
    #[must_use]
    pub fn found_at(self, from: Option<Position>) -> Self {
        Self { from: self.from.or(from), ..self }
    }

    /// The edit that undoes this one.
    #[must_use]
    pub fn invert(&self) -> Self {
        Self {
            place: self.place_after(),
            before: self.after.clone(),
            after: self.before.clone(),
            from: self.to.clone(),
            to: self.from.clone(),
        }
    }

    /// Where the object stands after the edit: elsewhere when the edit changes what identifies it.
    pub fn place_after(&self) -> Place {
        let mut place = self.place.clone();
        match (place.steps.pop(), &self.after) {
            (Some(Step::Key(key)), Some(after)) => {
                if let Some(object) = place.steps.last_mut() {
                    *object = object.renamed(&key, after);
                }
                place.step(Step::Key(key))
            }
            (Some(step), Some(after)) => {
                let list = step.list().unwrap_or_default();
                let renamed = Step::to(list, after).unwrap_or(step);
                place.step(renamed)
            }
            (Some(step), None) => place.step(step),
            (None, _) => place,
        }
    }

    /// The places that the edit changes, as [`diff`](super::diff) names them, such as `option-data[routers]`.
    pub fn touches(&self) -> Vec<String> {
        let mut places = vec![self.place.to_string(), self.place_after().to_string()];
        places.dedup();
        places
    }

    /// The edit with secrets hidden, for an audit file.
    #[must_use]
    pub fn masked(&self) -> Self {
        let key = match self.place.last() {
            Some(Step::Key(key)) => key.as_str(),
            _ => "",
        };
        let hide = |value: &Option<Value>| value.as_ref().map(|value| hidden(key, value));
        Self { before: hide(&self.before), after: hide(&self.after), ..self.clone() }
    }

    /// The option entry that the edit wants to find.
    pub fn option_before(&self) -> Option<OptionData> {
        self.as_option(self.before.as_ref())
    }

    /// The option entry that the edit leaves.
    pub fn option_after(&self) -> Option<OptionData> {
        self.as_option(self.after.as_ref())
    }

    fn as_option(&self, value: Option<&Value>) -> Option<OptionData> {
        matches!(self.place.last(), Some(Step::Option(_)))
            .then(|| OptionData::deserialize(value?).ok())
            .flatten()
    }
}

/// Writing option data cannot fail, since its keys are texts.
fn value(object: &impl Serialize) -> Option<Value> {
    serde_json::to_value(object).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn option(value: Value) -> OptionData {
        OptionData::deserialize(value).unwrap()
    }

    fn set(after: Value) -> Edit {
        Edit::option(&Place::root(), None, Some(&option(after)))
    }

    #[test]
    fn an_edit_is_one_sentence() {
        let subnet = || Place::root().subnet(7, "10.0.0.0/8");
        let servers =
            json!({"code": 6, "name": "domain-name-servers", "space": "dhcp4", "data": "192.0.2.1"});
        let voip = json!({"name": "voip", "test": "member('a')"});
        for (edit, text) in [
            (set(servers.clone()), "Set option domain-name-servers (6) to `192.0.2.1`"),
            (set(json!({"code": 224, "data": "AB", "csv-format": false})), "Set option 224 to `AB`"),
            (set(json!({"name": "rapid-commit"})), "Set option rapid-commit"),
            (
                set(json!({"code": 2, "space": "vendor-4491", "data": "x"})),
                "Set option 2 of vendor-4491 to `x`",
            ),
            (
                Edit::option(&Place::root(), Some(&option(servers.clone())), None),
                "Remove option domain-name-servers (6)",
            ),
            (
                Edit::option(&subnet().pool("10.0.0.1-10.0.0.9"), None, Some(&option(servers))),
                "Set option domain-name-servers (6) of pool 10.0.0.1-10.0.0.9 of subnet 10.0.0.0/8 to `192.0.2.1`",
            ),
            (
                Edit::set(
                    Place::root().key("interfaces-config").key("interfaces"),
                    None,
                    Some(json!(["eth0", "eth1"])),
                ),
                "Set `interfaces-config.interfaces` to `eth0, eth1`",
            ),
            (
                Edit::set(subnet().key("valid-lifetime"), Some(json!(9)), None),
                "Let subnet 10.0.0.0/8 inherit `valid-lifetime`",
            ),
            (
                Edit::set(subnet().key("next-server"), Some(json!("x")), None),
                "Remove `next-server` of subnet 10.0.0.0/8",
            ),
            (
                Edit::set(Place::root().key("lease-database").key("password"), None, Some(json!("x"))),
                "Set `lease-database.password` to `••••`",
            ),
            (
                Edit::add(
                    subnet(),
                    json!({"id": 7, "subnet": "10.0.0.0/8", "shared-network-name": "campus"}),
                ),
                "Add subnet 10.0.0.0/8 with id 7 to shared network `campus`",
            ),
            (Edit::remove(subnet(), json!({"id": 7})), "Remove subnet 10.0.0.0/8"),
            (
                Edit::move_subnet(subnet(), Some("campus"), None),
                "Move subnet 10.0.0.0/8 out of shared network `campus`",
            ),
            (
                Edit::move_subnet(subnet(), Some("a"), Some("b")),
                "Move subnet 10.0.0.0/8 into shared network `b`",
            ),
            (
                Edit::add(Place::root().class("voip"), voip.clone()).at(Position::After("a".into())),
                "Add client class `voip` with the test `member('a')` behind `a`",
            ),
            (
                Edit::move_to(Place::root().class("voip"), Position::After("a".into()), Position::First),
                "Move client class `voip` before all others",
            ),
            (
                Edit::set(Place::root().class("voip"), Some(voip), Some(json!({"name": "phones"}))),
                "Change client class `voip` to client class `phones`",
            ),
            (
                Edit::add(subnet().reservation("hw-address", "1a:1b:1c:1d:1e:1f"), json!({})),
                "Add reservation hw-address 1a:1b:1c:1d:1e:1f of subnet 10.0.0.0/8",
            ),
            (
                Edit::add(
                    Place {
                        steps: vec![Step::Item(super::super::place::ItemName {
                            list: "hooks-libraries".into(),
                            name: "/usr/lib/kea/libdhcp_ha.so".into(),
                        })],
                    },
                    json!({"library": "/usr/lib/kea/libdhcp_ha.so", "parameters": {"high-availability": [
                        {"mode": "hot-standby", "peers": [{"name": "a"}, {"name": "b"}]}]}}),
                ),
                "Add hook library `libdhcp_ha.so` for high availability (hot-standby) of `a` and `b`",
            ),
        ] {
            assert_eq!(edit.describe(), text);
        }
    }

    #[test]
    fn an_edit_touches_what_the_difference_names() {
        let (routers, servers) =
            (json!({"code": 3, "name": "routers", "data": "x"}), json!({"code": 6, "data": "y"}));
        let edit = Edit::option(&Place::root(), Some(&option(routers.clone())), Some(&option(routers)));
        assert_eq!(edit.touches(), ["option-data[routers]"]);
        let after = option(json!({"code": 6, "data": "y", "space": "s", "client-classes": ["a", "b"]}));
        let edit = Edit::option(&Place::root(), Some(&option(servers)), Some(&after));
        assert_eq!(edit.touches(), ["option-data[6]", "option-data[s.6 for a, b]"]);
    }

    #[test]
    fn the_inverse_names_the_object_as_it_is_then() {
        let subnet = Place::root().subnet(7, "10.0.0.0/8");
        let edit =
            Edit::set(subnet.clone().key("subnet"), Some(json!("10.0.0.0/8")), Some(json!("10.0.0.0/9")));
        assert_eq!(edit.invert().place, Place::root().subnet(7, "10.0.0.0/9").key("subnet"));
        let pool = subnet.pool("10.0.0.1-10.0.0.2");
        let edit = Edit::set(
            pool.clone(),
            Some(json!({"pool": "10.0.0.1-10.0.0.2"})),
            Some(json!({"pool": "10.0.0.3/32"})),
        );
        assert_eq!(edit.invert().invert(), edit);
        assert_eq!(edit.invert().place_after(), pool);
    }

    #[test]
    fn edits_survive_the_wire_with_what_is_null() {
        let subnet = Place::root().subnet(7, "2001:db8::/32");
        for edit in [
            Edit::remove(subnet.clone().pd_pool("2001:db8:8000::/40"), json!({"user-context": {"x": null}})),
            Edit::set(subnet.key("user-context").key("x"), None, Some(Value::Null)),
            Edit::move_to(Place::root().class("a"), Position::First, Position::After("b".into())),
        ] {
            let text = serde_json::to_string(&edit).unwrap();
            assert_eq!(serde_json::from_str::<Edit>(&text).unwrap(), edit, "{text}");
        }
    }

    #[test]
    fn secrets_stay_inside() {
        let database = Place::root().key("lease-database");
        for edit in [
            Edit::set(database.clone().key("password"), Some(json!("word-1")), Some(json!("word-2"))),
            Edit::set(database, None, Some(json!({"user": "kea", "password": "word-1"}))),
        ] {
            let text = format!("{}{:?}", edit.describe(), edit.masked());
            assert!(!text.contains("word-") && text.contains(crate::config::HIDDEN), "{text}");
        }
    }
}
