//! Secrets in a configuration, which `config-get` returns in clear text.

use serde_json::Value;

/// What is shown in place of a secret. In an edit it stands for the secret that is there.
pub const MASK: &str = "••••";

/// Whether the value of a key is a secret.
pub(super) fn is_secret(key: &str) -> bool {
    key.ends_with("password") || key == "secret"
}

/// The value of `key` with its secrets hidden. The empty key stands for an object.
pub fn masked(key: &str, value: &Value) -> Value {
    match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), masked(key, value))).collect(),
        Value::Array(items) => items.iter().map(|item| masked(key, item)).collect(),
        _ if is_secret(key) => MASK.into(),
        other => other.clone(),
    }
}

/// Whether both are the same where neither is hidden.
pub(super) fn is_hidden(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| is_hidden(value, other)))
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_hidden(left, right))
        }
        _ => left == right || left == MASK || right == MASK,
    }
}

/// `wanted` with its hidden secrets taken from what is there.
pub(super) fn revealed(wanted: &Value, there: Option<&Value>) -> Value {
    match (wanted, there) {
        (Value::Object(map), there) => {
            let there = |key: &str| there.and_then(|there| there.get(key));
            map.iter().map(|(key, value)| (key.clone(), revealed(value, there(key)))).collect()
        }
        (Value::Array(items), Some(Value::Array(there))) => {
            items.iter().enumerate().map(|(index, item)| revealed(item, there.get(index))).collect()
        }
        (Value::String(text), Some(there)) if text == MASK => there.clone(),
        (other, _) => other.clone(),
    }
}

/// Whether a hidden secret is left in the value.
pub(super) fn has_mask(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.values().any(has_mask),
        Value::Array(items) => items.iter().any(has_mask),
        Value::String(text) => text == MASK,
        _ => false,
    }
}
