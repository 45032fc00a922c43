//! A configuration as `config-get` prints it: defaults filled in, inheritance printed, options completed.

use perch_shared::{
    Family, KeaVersion,
    config::{Config, freeze},
    net::AddressRange,
    option::{Definitions, OptionData, OptionType},
};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::{collections::BTreeMap, sync::LazyLock};

/// For each family, and for both: the keys that Kea prints in an object where nobody set them. An object goes by the
/// key that it stands below, the top by `global`. Taken from what Kea 2.6.3 and 3.0.4 print.
static DEFAULTS: LazyLock<BTreeMap<String, Objects>> =
    LazyLock::new(|| serde_json::from_str(include_str!("data/defaults.json")).unwrap_or_default());

/// The printed keys of each object.
type Objects = BTreeMap<String, Map<String, Value>>;

/// The configuration as a daemon of `version` prints it once it runs.
pub(super) fn printed(mut config: Config, version: KeaVersion) -> Config {
    let definitions = Definitions::new(config.family, version, config.definitions());
    if version >= KeaVersion::new(2, 7, 0) {
        fill_one(&mut config.root, "cache-threshold", &Value::from(0.25));
    }
    for (name, default) in defaults(config.family.service(), "global").into_iter().flatten() {
        fill_one(&mut config.root, name, default);
    }
    freeze(&mut config);
    complete(&mut config.root, "global", &definitions);
    for subnet in config.root.get_mut("subnet6").and_then(Value::as_array_mut).into_iter().flatten() {
        fill_one(subnet, "rapid-commit", &Value::from(false));
    }
    config
}

/// Whether the key is one of the global map that Kea always prints.
pub(super) fn is_default(key: &str) -> bool {
    Family::ALL
        .iter()
        .any(|family| defaults(family.service(), "global").is_some_and(|map| map.contains_key(key)))
}

fn defaults(family: &str, object: &str) -> Option<&'static Map<String, Value>> {
    DEFAULTS.get(family)?.get(object)
}

/// Completes the object, which stands below `key`, and everything in it.
fn complete(value: &mut Value, key: &str, definitions: &Definitions) {
    if key == "user-context" {
        return;
    }
    if let Value::Array(items) = value {
        items.iter_mut().for_each(|item| complete(item, key, definitions));
        match key {
            "option-data" | "option-def" => {
                items.sort_by(|left, right| text(left, "space").cmp(&text(right, "space")))
            }
            "shared-networks" => items.sort_by(|left, right| text(left, "name").cmp(&text(right, "name"))),
            "subnet4" | "subnet6" => items.sort_by_key(|subnet| subnet.get("id").and_then(Value::as_u64)),
            _ => {}
        }
        return;
    }
    if !value.is_object() {
        return;
    }
    for family in [definitions.family.service(), "both"] {
        for (name, default) in defaults(family, key).into_iter().flatten() {
            fill_one(value, name, default);
        }
    }
    if key == "option-data" {
        complete_option(value, definitions);
    }
    if let Some(pool) = value.get_mut("pool").filter(|_| key == "pools") {
        *pool = pool_text(definitions.family, pool.as_str().unwrap_or_default()).into();
    }
    for (name, member) in value.as_object_mut().into_iter().flatten() {
        complete(member, name, definitions);
    }
}

fn text<'a>(item: &'a Value, key: &str) -> Option<&'a str> {
    item.get(key)?.as_str()
}

/// Kea prints a range that is a prefix as one.
fn pool_text(family: Family, text: &str) -> String {
    match AddressRange::parse(family, text)
        .ok()
        .and_then(|range| Some((range.first(), range.prefix_length()?)))
    {
        Some((first, length)) => format!("{first}/{length}"),
        None => text.replace([' ', '\t'], ""),
    }
}

/// Sets the key where it is missing, and inside a map its missing keys.
fn fill_one(value: &mut Value, key: &str, default: &Value) {
    let Some(map) = value.as_object_mut() else { return };
    match (map.get_mut(key), default) {
        (None, _) => {
            map.insert(key.to_owned(), default.clone());
        }
        (Some(there @ Value::Object(_)), Value::Object(defaults)) => {
            defaults.iter().for_each(|(key, default)| fill_one(there, key, default));
        }
        _ => {}
    }
}

/// Code, name, space and flags of an option.
fn complete_option(value: &mut Value, definitions: &Definitions) {
    let Ok(mut option) = OptionData::deserialize(&*value) else { return };
    let definition = definitions.resolve(&option);
    option.space = option.space_or_default(definitions.family).to_owned();
    if let Some(definition) = &definition {
        option.code = Some(definition.code);
        option.name.clone_from(&definition.name);
    }
    // Kea prints an option without fields of its own as bytes.
    let valueless = option.never_send == Some(true) && option.data.is_empty();
    let bytes = definition.as_ref().is_some_and(|definition| definition.kind == OptionType::Empty);
    option.csv_format = Some(!bytes && option.csv_format.unwrap_or(true)).filter(|_| !valueless);
    option.always_send.get_or_insert(false);
    option.never_send.get_or_insert(false);
    if option.csv_format == Some(false) {
        option.data = option.data.trim_start_matches("0x").replace([':', ' '], "").to_uppercase();
    }
    if let Ok(complete) = serde_json::to_value(option) {
        *value = complete;
        if !valueless {
            fill_one(value, "data", &Value::from(""));
        }
    }
}
