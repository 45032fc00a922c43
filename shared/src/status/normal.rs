//! A configuration as it is compared with a partner's: what is inherited stands in one place only, what may differ
//! between partners is left out, and keys that Kea renamed have their new names.

use super::json::text;
use crate::{
    change::{Edit, Step},
    config::{Config, thaw},
};
use serde_json::{Map, Value, json};

/// Keys of the global map that may differ between partners.
pub(super) const OWN: [&str; 15] = [
    "config-control",
    "control-socket",
    "control-sockets",
    "data-directory",
    "dhcp-queue-control",
    "hash",
    "hosts-database",
    "hosts-databases",
    "interfaces-config",
    "lease-database",
    "loggers",
    "multi-threading",
    "server-id",
    "server-tag",
    "parked-packet-limit",
];

/// Keys of a subnet or shared network that may differ between partners.
pub(super) const OWN_IN_SUBNET: [&str; 1] = ["interface"];

/// Keys of hook parameters that may differ between partners; paths and passwords as well.
const OWN_IN_HOOK: [&str; 5] =
    ["this-server-name", "trust-anchor", "cert-file", "key-file", "multi-threading"];

/// The old and the new name of what Kea 2.7 renamed. One name becomes a list of one.
const RENAMED: [(&str, &str); 3] = [
    ("client-class", "client-classes"),
    ("require-client-classes", "evaluate-additional-classes"),
    ("only-if-required", "only-in-additional-list"),
];

/// Whether an edit changes what each partner has for itself, such as interfaces, sockets and names: it cannot be the same
/// on both.
///
/// # Example
/// ```
/// use perch_shared::{change::{Edit, Place}, status::is_own};
/// use serde_json::json;
/// let set = |place: Place| Edit::set(place, None, Some(json!(5)));
/// assert!(is_own(&set(Place::root().key("multi-threading").key("thread-pool-size"))));
/// assert!(!is_own(&set(Place::root().key("valid-lifetime"))));
/// ```
pub fn is_own(edit: &Edit) -> bool {
    let Some(first) = edit.place.steps.first() else { return true };
    let key = match first {
        Step::Key(key) => key.as_str(),
        Step::Item(item) => item.list.as_str(),
        Step::Subnet(_) | Step::SharedNetwork(_) => {
            return matches!(edit.place.last(), Some(Step::Key(key)) if OWN_IN_SUBNET.contains(&key.as_str()));
        }
        _ => return false,
    };
    if key == "hooks-libraries" {
        let own = |key: &&str| OWN_IN_HOOK.contains(key);
        let named = edit.place.steps.iter().any(|step| matches!(step, Step::Key(key) if own(&key.as_str())));
        let says =
            |value: &Option<Value>| value.as_ref().is_some_and(|value| has_key(value, "this-server-name"));
        return named || says(&edit.before) || says(&edit.after);
    }
    OWN.contains(&key)
}

/// Whether a key is anywhere in a value. The depth is that of JSON that was read, which is limited.
fn has_key(value: &Value, key: &str) -> bool {
    match value {
        Value::Object(map) => map.contains_key(key) || map.values().any(|value| has_key(value, key)),
        Value::Array(items) => items.iter().any(|item| has_key(item, key)),
        _ => false,
    }
}

/// The map in which only what partners must share is left.
pub(super) fn normal(config: &Config) -> Value {
    let mut thawed = config.clone();
    thaw(&mut thawed);
    let mut root = thawed.root;
    if let Some(map) = root.as_object_mut() {
        map.retain(|key, _| !OWN.contains(&key.as_str()));
        if let Some(ddns) = map.get_mut("dhcp-ddns").and_then(Value::as_object_mut) {
            ddns.retain(|key, _| !matches!(key.as_str(), "sender-ip" | "sender-port"));
        }
        for hook in map.get_mut("hooks-libraries").and_then(Value::as_array_mut).into_iter().flatten() {
            normal_hook(hook);
        }
    }
    walk(&mut root, "");
    root
}

/// The file's name says which library it is; where it lies may differ.
fn normal_hook(hook: &mut Value) {
    let Some(map) = hook.as_object_mut() else { return };
    if let Some(Value::String(library)) = map.get_mut("library") {
        *library = library.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(parameters) = map.get_mut("parameters") {
        normal_parameters(parameters);
    }
}

fn normal_parameters(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| {
                let own = OWN_IN_HOOK.contains(&key.as_str())
                    || key.starts_with("basic-auth")
                    || key.ends_with("password");
                !own && !value.as_str().is_some_and(|text| text.starts_with('/'))
            });
            map.values_mut().for_each(normal_parameters);
        }
        Value::Array(items) => {
            items.iter_mut().for_each(normal_parameters);
            if items.iter().all(|item| item.get("url").is_some() && item.get("name").is_some()) {
                items.sort_by(|left, right| text(left, "name").cmp(text(right, "name")));
            }
        }
        _ => {}
    }
}

/// The whole tree; `key` is what the value stands below. The depth is that of JSON that was read, which is limited.
fn walk(value: &mut Value, key: &str) {
    if key == "user-context" || key == "parameters" {
        return;
    }
    match value {
        Value::Array(items) => {
            if key == "option-data" {
                items.retain(|option| !is_own_option(option));
            }
            items.iter_mut().for_each(|item| walk(item, key));
        }
        Value::Object(map) => {
            if matches!(key, "subnet4" | "subnet6" | "shared-networks") {
                map.retain(|key, _| !OWN_IN_SUBNET.contains(&key.as_str()));
            }
            rename(map);
            map.iter_mut().for_each(|(key, value)| walk(value, key));
        }
        _ => {}
    }
}

fn rename(map: &mut Map<String, Value>) {
    for (old, new) in RENAMED {
        let Some(value) = map.remove(old) else { continue };
        let value = match value {
            Value::String(name) if name.is_empty() => continue,
            Value::String(name) => json!([name]),
            other => other,
        };
        map.entry(new).or_insert(value);
    }
}

/// `dhcp-server-identifier` (54 of `dhcp4`) names the server itself.
pub(super) fn is_own_option(option: &Value) -> bool {
    let standard = matches!(text(option, "space"), "" | "dhcp4");
    standard
        && (text(option, "name") == "dhcp-server-identifier"
            || option.get("code").and_then(Value::as_u64) == Some(54))
}

/// Whether a value says nothing where the other side has none: newer versions print defaults that older ones do not.
pub(super) fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => matches!(text.as_str(), "" | "0.0.0.0" | "::"),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(true) => false,
    }
}
