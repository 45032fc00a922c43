//! What a request without a body says behind the `?` of its address.

use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::Value;
use std::fmt::Write as _;

/// The query of a request that reads: `?` and the fields of its body as `name=value`, percent-encoded; empty when
/// there is nothing to say. Only texts, numbers and booleans are written.
pub fn query(body: &impl Serialize) -> String {
    let Ok(Value::Object(fields)) = serde_json::to_value(body) else { return String::new() };
    let mut text = String::new();
    for (name, value) in fields {
        let value = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(value) => value.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => continue,
        };
        text.push(if text.is_empty() { '?' } else { '&' });
        encode(&name, &mut text);
        text.push('=');
        encode(&value, &mut text);
    }
    text
}

fn encode(value: &str, text: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
}

/// A number, also as the text that a query holds.
pub(super) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let value = Option::<Value>::deserialize(deserializer)?;
    let number = match &value {
        None => return Ok(None),
        Some(Value::String(text)) => text.parse().ok(),
        Some(other) => other.as_u64(),
    };
    number.map(Some).ok_or_else(|| Error::custom("expected a whole number"))
}

/// `true` or `false`, also as the text that a query holds.
pub(super) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Bool(flag) => Ok(flag),
        Value::String(text) => text.parse().map_err(|_| Error::custom("expected `true` or `false`")),
        _ => Err(Error::custom("expected `true` or `false`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{HistoryQuery, ServerId};

    #[test]
    fn a_query_is_a_link() {
        let wanted = HistoryQuery {
            server: ServerId::new("lab").ok(),
            object: "subnet4[10.0.0.0/8]".to_owned(),
            text: "zoë & co".to_owned(),
            before: Some(7),
            ..HistoryQuery::default()
        };
        let expected = "?before=7&object=subnet4%5B10.0.0.0/8%5D&server=lab&text=zo%C3%AB%20%26%20co";
        assert_eq!(query(&wanted), expected);
        assert_eq!((query(&HistoryQuery::default()), query(&())), (String::new(), String::new()));
    }
}
