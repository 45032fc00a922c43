//! `json/syntax`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A bracket, a colon, a quote or a value is missing, or too much.
    ///
    /// ## Why
    /// Kea refuses the file before it looks at any value, and names only the first place where it stumbled. That place
    /// is often far behind the mistake: a bracket that is missing shows at the end of the file. Perch looks at the lines'
    /// indentation to find where a person would miss it, and goes on to check the rest.
    ///
    /// ## Example
    /// ```json
    /// { "Dhcp4": { "valid-lifetime": , "renew-timer" 900 } }
    /// ```
    ///
    /// ## Use instead
    /// ```json
    /// { "Dhcp4": { "valid-lifetime": 3600, "renew-timer": 900 } }
    /// ```
    "json/syntax", Error, arm: "config.html#json-syntax", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": }}"#),
        Example::new(r#"{"Dhcp4": {"valid-lifetime" 3600}}"#),
        Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600}"#),
        Example::new(r#"{"Dhcp4": {"server-tag": main}}"#),
        Example::new(r#"{"Dhcp4": {"authoritative": True}}"#),
        Example::new(r#"{'Dhcp4': {"valid-lifetime": 3600}}"#),
    ],
    good: [
        Example::new("{\"Dhcp4\": {\"valid-lifetime\": 3600}} # one hour"),
    ],
}

/// The parser's mistakes are added before any rule runs.
fn check(_: &Review<'_>, _: &mut Findings) {}
