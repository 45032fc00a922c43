//! What a key takes, and how a text becomes such a value.

use crate::{json::Kind, schema::Row};
use serde_json::{Number, Value};

/// The kind of value that a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// A text.
    Text,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// A whole number.
    Integer,
    /// A number.
    Real,
    /// True or false.
    Flag,
    /// A list of words.
    Words,
    /// A list of objects, a map, or something that is not known.
    Any,
}

/// The kind of a row of the schema.
pub(super) fn of(row: &Row) -> KeyKind {
    let taken = row.file;
    let takes = |kind| taken.takes(kind);
    match taken.words() {
        _ if taken.is_of_texts() => KeyKind::Words,
        [] if takes(Kind::String) => KeyKind::Text,
        words if takes(Kind::String) => KeyKind::Word(words),
        _ if takes(Kind::Real) => KeyKind::Real,
        _ if takes(Kind::Integer) => KeyKind::Integer,
        _ if takes(Kind::Boolean) => KeyKind::Flag,
        _ => KeyKind::Any,
    }
}

/// A text as a value of a kind; `None`: there is no text. What cannot be read stays text.
pub(super) fn as_value(text: &str, kind: KeyKind) -> Option<Value> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return None;
    }
    let read = match kind {
        KeyKind::Integer => trimmed.parse::<i64>().ok().map(Value::from),
        KeyKind::Real => trimmed.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number),
        KeyKind::Flag => trimmed.parse::<bool>().ok().map(Value::Bool),
        KeyKind::Words => {
            let words = trimmed.split(',').map(str::trim).filter(|word| !word.is_empty());
            Some(words.map(Value::from).collect())
        }
        KeyKind::Any => serde_json::from_str(trimmed).ok(),
        KeyKind::Text | KeyKind::Word(_) => None,
    };
    Some(read.unwrap_or_else(|| Value::from(text)))
}

/// A value as text for a field.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A value for people: as in a field, but objects on several lines.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Object(_) => format!("{value:#}"),
        Value::Array(items) if items.iter().any(|item| !item.is_string()) => format!("{value:#}"),
        other => as_text(other),
    }
}
