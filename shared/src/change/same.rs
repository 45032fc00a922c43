//! When two values say the same: equal once both are as Kea prints them.

use super::{
    identity::Identities,
    place::{IDENTIFIERS, Place, Step},
    printed::{is_printed_default, newest_name},
    secret::is_same_where_shown,
};
use crate::{
    Family,
    config::Config,
    net::{AddressRange, Identifier, Prefix},
    option::OptionData,
    schema::{Object, Schema},
};
use serde::Deserialize as _;
use serde_json::{Map, Value};

/// A client class in the one spelling for all versions, without the defaults that Kea prints: equal for what says the
/// same.
pub fn normal_class(family: Family, class: &Value) -> Value {
    let root = Value::Object(Map::new());
    Identities::of(&Config { family, root }).normal(Object::CLIENT_CLASS, class)
}

/// What a key of an object is called and holds in one spelling for all versions.
impl Identities {
    /// Whether two values of the place say the same. Nothing says the same as the default that Kea prints.
    pub(super) fn same(&self, place: &Place, left: Option<&Value>, right: Option<&Value>) -> bool {
        if left == right {
            return true;
        }
        let normal = |value: Option<&Value>| value.and_then(|value| self.normal_at(place, value));
        let (left, right) = (normal(left), normal(right));
        left == right
            || matches!((&left, &right), (Some(left), Some(right)) if is_same_where_shown(left, right))
    }

    /// The value in the one spelling; `None`: it is as good as absent.
    pub(super) fn normal_at(&self, place: &Place, value: &Value) -> Option<Value> {
        match place.last() {
            Some(Step::Key(key)) => match self.object_at(&place.parent()) {
                Some(object) => self.member(object, key, value).map(|(_, value)| value),
                None => Some(number(value)),
            },
            _ => Some(match self.object_at(place) {
                Some(object) => self.normal(object, value),
                None => value.clone(),
            }),
        }
    }

    /// What kind of map stands at a place.
    pub(super) fn object_at(&self, place: &Place) -> Option<Object> {
        place.steps.iter().try_fold(Object::GLOBAL, |object, step| {
            let key = self.list(step).or(match step {
                Step::Key(key) => Some(key.as_str()),
                _ => None,
            })?;
            Schema::child_of(object, key)
        })
    }

    /// A map in the one spelling: without the defaults that Kea prints.
    fn normal(&self, object: Object, value: &Value) -> Value {
        let Some(map) = value.as_object() else { return number(value) };
        if object == Object::OPTION_DATA
            && let Some(entry) = self.option_data(map)
        {
            return entry;
        }
        let mut normal: Map<String, Value> =
            map.iter().filter_map(|(key, value)| self.member(object, key, value)).collect();
        if object == Object::OPTION_DEF
            && normal.get("space").and_then(Value::as_str) == Some(self.family().service())
        {
            normal.remove("space");
        }
        if let Some(Value::String(comment)) = map.get("comment") {
            let context = normal.entry("user-context").or_insert_with(|| Value::Object(Map::new()));
            if let Some(context) = context.as_object_mut() {
                context.insert("comment".to_owned(), comment.clone().into());
            }
            normal.remove("comment");
        }
        Value::Object(normal)
    }

    /// A key and its value in the one spelling; `None`: they are as good as absent.
    fn member(&self, object: Object, key: &str, value: &Value) -> Option<(String, Value)> {
        let (key, value) = newest_name(object, key, value);
        let value = match (&value, Schema::child_of(object, &key)) {
            (Value::Object(_), Some(child)) => match self.normal(child, &value) {
                Value::Object(map) if map.is_empty() => return None,
                normal => normal,
            },
            (Value::Array(items), Some(child)) => self.items(&key, child, items)?,
            _ if key == "user-context" => value,
            (Value::String(text), None) => self.text(&key, text),
            _ => number(&value),
        };
        (!is_printed_default(object, &key, &value)).then_some((key, value))
    }

    /// A list of objects: in an order of its own where theirs means nothing; an empty one is none.
    fn items(&self, key: &str, child: Object, items: &[Value]) -> Option<Value> {
        let mut items: Vec<Value> = items.iter().map(|item| self.normal(child, item)).collect();
        if !super::label::is_ordered(key) {
            items.sort_by_cached_key(Value::to_string);
        }
        (!items.is_empty()).then_some(Value::Array(items))
    }

    /// A text that Kea prints in its own way.
    fn text(&self, key: &str, text: &str) -> Value {
        let family = self.family();
        let spelt = match key {
            "pool" => AddressRange::parse_pool(family, text, false)
                .ok()
                .map(|range| format!("{}-{}", range.first(), range.last())),
            "subnet" => Prefix::parse(family, text).ok().map(|prefix| prefix.to_string()),
            key if IDENTIFIERS.contains(&key) => Identifier::parse(text).ok().map(|found| hex(found.bytes())),
            _ => text.parse::<std::net::IpAddr>().ok().map(|address| address.to_string()),
        };
        spelt.unwrap_or_else(|| text.to_owned()).into()
    }

    /// An entry of `option-data` as `config-get` would print it.
    fn option_data(&self, map: &Map<String, Value>) -> Option<Value> {
        let mut entry = OptionData::deserialize(&Value::Object(map.clone())).ok()?;
        let definition = self.0.resolve(&entry);
        entry.space = entry.space_or_default(self.family()).to_owned();
        entry.csv_format = Some(entry.csv_format.unwrap_or(true));
        entry.always_send = Some(entry.always_send.unwrap_or(false));
        entry.never_send = Some(entry.never_send.unwrap_or(false));
        if entry.csv_format == Some(false) {
            entry.data = Identifier::parse(&entry.data).map_or(entry.data, |found| hex(found.bytes()));
        }
        if entry.rest.get("client-classes").and_then(Value::as_array).is_some_and(Vec::is_empty) {
            entry.rest.remove("client-classes");
        }
        if (entry.code.is_none() || entry.name.is_empty())
            && let Some(definition) = definition
        {
            entry.code = Some(definition.code);
            entry.name = definition.name;
        }
        serde_json::to_value(entry).ok()
    }
}

/// A number in one spelling: `1.0` is `1`.
fn number(value: &Value) -> Value {
    match value.as_f64() {
        #[allow(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
        Some(real) if real.fract() == 0.0 && real.abs() < 1e15 && value.is_f64() => (real as i64).into(),
        _ => value.clone(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
