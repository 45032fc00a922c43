//! JSON as Kea reads and writes it: strings are bytes, and each byte beyond ASCII is printed as `\u00XX`.

use serde_json::Value;
use std::fmt::Write as _;

/// Reads a body; `None` when Kea would call it a bad request.
pub(super) fn read(body: &[u8]) -> Option<Value> {
    if has_wide_escape(body) { None } else { serde_json::from_slice(body).ok() }
}

/// Prints an answer.
pub(super) fn print(value: &Value) -> String {
    let text = value.to_string();
    let mut printed = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii() {
            printed.push(char::from(byte));
        } else {
            let _ = write!(printed, "\\u{byte:04x}");
        }
    }
    printed
}

/// Whether there is an escape above `\u00ff`, which Kea refuses.
fn has_wide_escape(body: &[u8]) -> bool {
    let mut rest = body;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let (_, escape) = rest.split_at(at);
        if escape.starts_with(b"\\u") && !escape.starts_with(b"\\u00") {
            return true;
        }
        rest = escape.get(2..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_byte_is_one_escape() {
        assert_eq!(print(&json!({"comment": "zoë"})), r#"{"comment":"zo\u00c3\u00ab"}"#);
    }

    #[test]
    fn wide_escapes_are_refused() {
        assert!(read(br#""\u00eb""#).is_some());
        assert!(read(br#""\\u4e2d""#).is_some());
        assert!(read(br#""\u4e2d""#).is_none());
        assert!(read("\"中\"".as_bytes()).is_some());
    }
}
