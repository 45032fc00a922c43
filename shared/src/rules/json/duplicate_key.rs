//! `json/duplicate-key`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A map has two members with the same key.
    ///
    /// ## Why
    /// The daemon refuses a file in which a key comes twice. Over the API the last one counts and the first is lost
    /// without a word, so one of the two is never what was meant.
    ///
    /// ## Example
    /// ```json
    /// { "valid-lifetime": 3600, "renew-timer": 900, "valid-lifetime": 7200 }
    /// ```
    ///
    /// ## Use instead
    /// Keep one of them.
    "json/duplicate-key", Error, arm: "config.html#json-syntax", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600, "valid-lifetime": 7200}}"#),
        Example::new(r#"{"Dhcp4": {"user-context": {"site": 1, "site": 1}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600, "user-context": {"valid-lifetime": 7200}}}"#),
    ],
}

/// The parser's mistakes are added before any rule runs.
fn check(_: &Review<'_>, _: &mut Findings) {}
