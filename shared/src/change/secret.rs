//! Hidden secrets in edits: each stands for the secret that is there.

use crate::config::HIDDEN;
use serde_json::Value;

/// Whether both are the same where neither is hidden.
pub(super) fn is_same_where_shown(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, value)| right.get(key).is_some_and(|other| is_same_where_shown(value, other)))
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| is_same_where_shown(left, right))
        }
        _ => left == right || left == HIDDEN || right == HIDDEN,
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
        (Value::String(text), Some(there)) if text == HIDDEN => there.clone(),
        (other, _) => other.clone(),
    }
}

/// Whether a hidden secret is left in the value.
pub(super) fn has_hidden(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.values().any(has_hidden),
        Value::Array(items) => items.iter().any(has_hidden),
        Value::String(text) => text == HIDDEN,
        _ => false,
    }
}
