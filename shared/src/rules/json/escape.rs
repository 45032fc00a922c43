//! `json/escape`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A backslash in a text stands before something that Kea does not know.
    ///
    /// ## Why
    /// Kea reads `\"`, `\\`, `\/`, `\b`, `\f`, `\n`, `\r`, `\t` and `\u0000` to `\u00ff`, each of which stands for one
    /// byte. A character beyond them is written as it is, in UTF-8.
    ///
    /// ## Example
    /// ```json
    /// { "user-context": { "pattern": "\d+", "city": "\u0141\u00f3d\u017a" } }
    /// ```
    ///
    /// ## Use instead
    /// ```json
    /// { "user-context": { "pattern": "\\d+", "city": "Łódź" } }
    /// ```
    "json/escape", Error, arm: "config.html#json-syntax", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"user-context": {"pattern": "\d+"}}}"#),
        Example::new(r#"{"Dhcp4": {"user-context": {"city": "\u0141"}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"user-context": {"pattern": "\\d+", "city": "\u00e9"}}}"#),
        Example::new("{\"Dhcp4\": {\"user-context\": {\"city\": \"\u{141}\"}}}"),
    ],
}

/// The parser's mistakes are added before any rule runs.
fn check(_: &Review<'_>, _: &mut Findings) {}
