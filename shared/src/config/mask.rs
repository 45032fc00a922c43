//! Hides the secrets in the text of a configuration and leaves every other byte alone.

use super::{HIDDEN, is_secret};
use crate::json::{self, Element, Kind, TextEdit};
use std::borrow::Cow;

/// The text with its secrets hidden, at any depth.
pub fn mask_text(text: &str) -> Cow<'_, str> {
    // A key may be spelled with escapes; Kea's own never are.
    if !text.contains("password") && !text.contains("secret") && !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let document = json::parse(text);
    let mut edits = Vec::new();
    let mut open: Vec<(bool, Element<'_>)> = document.root().map(|root| (false, root)).into_iter().collect();
    while let Some((secret, element)) = open.pop() {
        for child in element.children() {
            let secret = secret || child.key().is_some_and(|key| is_secret(&key));
            match child.kind() {
                Kind::Map | Kind::List => open.push((secret, child)),
                Kind::Null => {}
                _ if secret => edits.push(TextEdit::replace(child.span(), format!("\"{HIDDEN}\""))),
                _ => {}
            }
        }
    }
    if edits.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(json::apply(text, &edits)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_secrets_change() {
        let text = r#"[ { "result": 0, "x": 18446744073709551616, "password-file": "/p",
            "lease-database": {"password": "a\"b", "user": "kea"}, "pass\u0077ord": "c", "password": null,
            "radius": [{"secret": ["d", 5, {"e": "f"}]}]} ]"#;
        let expected = r#"[ { "result": 0, "x": 18446744073709551616, "password-file": "/p",
            "lease-database": {"password": "••••", "user": "kea"}, "pass\u0077ord": "••••", "password": null,
            "radius": [{"secret": ["••••", "••••", {"e": "••••"}]}]} ]"#;
        assert_eq!(mask_text(text), expected);
    }

    #[test]
    fn what_has_no_secret_is_not_copied() {
        for text in ["", "[]", r#"[{"password-file": "/p", "text": "the password is wrong"}]"#] {
            assert!(matches!(mask_text(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_no_harm() {
        let text = format!("{}\"password\": 1", "[{".repeat(100_000));
        let _ = mask_text(&text);
    }
}
