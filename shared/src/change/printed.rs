//! What Kea prints of its own accord: defaults, and the names that its versions give to one thing.

use crate::{KeaVersion, schema::Object};
use serde_json::Value;
use std::{collections::HashMap, sync::LazyLock};

/// One line for each default that `config-get` prints: the object, the key, and the value as JSON.
static DEFAULTS: LazyLock<HashMap<(&str, &str), Vec<Value>>> = LazyLock::new(|| {
    let mut defaults: HashMap<(&str, &str), Vec<Value>> = HashMap::new();
    for line in include_str!("../../data/printed-defaults.tsv").lines().skip(1) {
        let mut fields = line.split('\t');
        if let (Some(object), Some(key), Some(value)) = (fields.next(), fields.next(), fields.next())
            && let Ok(value) = serde_json::from_str(value)
        {
            defaults.entry((object, key)).or_default().push(value);
        }
    }
    defaults
});

/// Whether Kea prints just this where the object does not have the key.
pub(super) fn is_printed_default(object: Object, key: &str, value: &Value) -> bool {
    DEFAULTS.get(&(object.name(), key)).is_some_and(|defaults| defaults.contains(value))
}

/// One thing with two names: the newer one, the older one, since when the newer one, and in which objects.
struct Renamed {
    new: &'static str,
    old: &'static str,
    since: KeaVersion,
    objects: &'static [Object],
    /// The older name held one name, the newer one a list of them.
    is_list: bool,
}

const SCOPES: &[Object] = &[Object::SUBNET, Object::SHARED_NETWORK, Object::POOL, Object::PD_POOL];

/// Source: Kea's change log, and Kea 2.2.0, 2.6.3 and 3.0.4 themselves.
const RENAMED: [Renamed; 4] = [
    Renamed {
        new: "client-classes",
        old: "client-class",
        since: KeaVersion::new(2, 7, 5),
        objects: SCOPES,
        is_list: true,
    },
    Renamed {
        new: "evaluate-additional-classes",
        old: "require-client-classes",
        since: KeaVersion::new(2, 7, 4),
        objects: SCOPES,
        is_list: false,
    },
    Renamed {
        new: "only-in-additional-list",
        old: "only-if-required",
        since: KeaVersion::new(2, 7, 4),
        objects: &[Object::CLIENT_CLASS],
        is_list: false,
    },
    Renamed {
        new: "output-options",
        old: "output_options",
        since: KeaVersion::new(2, 3, 7),
        objects: &[Object::LOGGER],
        is_list: false,
    },
];

fn renamed(object: Object, key: &str) -> Option<&'static Renamed> {
    RENAMED.iter().find(|row| (row.new == key || row.old == key) && row.objects.contains(&object))
}

/// The key and its value as the newest Kea writes them.
pub(super) fn newest_name(object: Object, key: &str, value: &Value) -> (String, Value) {
    match renamed(object, key).filter(|row| row.old == key) {
        Some(row) if row.is_list && !value.is_array() => {
            (row.new.to_owned(), Value::Array(Vec::from([value.clone()])))
        }
        Some(row) => (row.new.to_owned(), value.clone()),
        None => (key.to_owned(), value.clone()),
    }
}

/// The other name of a key.
pub(super) fn other_name(object: Object, key: &str) -> Option<&'static str> {
    renamed(object, key).map(|row| if row.new == key { row.old } else { row.new })
}

/// The key and its value as Kea `version` writes them; `None` where it cannot say that: a list of several classes in
/// place of one.
pub(super) fn name_for(
    version: KeaVersion,
    object: Object,
    key: &str,
    value: &Value,
) -> Option<(String, Value)> {
    let Some(row) = renamed(object, key) else { return Some((key.to_owned(), value.clone())) };
    if version >= row.since {
        return Some(newest_name(object, key, value));
    }
    let value = match value {
        Value::Array(names) if row.is_list && row.new == key => match names.as_slice() {
            [] => Value::String(String::new()),
            [one] => one.clone(),
            _ => return None,
        },
        other => other.clone(),
    };
    Some((row.old.to_owned(), value))
}
