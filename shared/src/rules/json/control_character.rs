//! `json/control-character`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A text holds a tab, a line's end or another control character.
    ///
    /// ## Why
    /// Kea refuses the file: such characters stand in a text as escapes only, and a text ends in the line where it begins.
    ///
    /// ## Example
    /// ```json
    /// { "test": "option[60].exists
    ///            and option[61].exists" }
    /// ```
    ///
    /// ## Use instead
    /// ```json
    /// { "test": "option[60].exists and option[61].exists" }
    /// ```
    "json/control-character", Error, arm: "config.html#json-syntax", check,
    bad: [
        Example::new("{\"Dhcp4\": {\"user-context\": {\"note\": \"a\tb\"}}}"),
        Example::new("{\"Dhcp4\": {\"user-context\": {\"note\": \"a\n b\"}}}"),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"user-context": {"note": "a\tb"}}}"#),
    ],
}

/// The parser's mistakes are added before any rule runs.
fn check(_: &Review<'_>, _: &mut Findings) {}
