//! `json/include`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A directive `<?include "file"?>` cannot be followed.
    ///
    /// ## Why
    /// Kea puts the text of the named file in the directive's place. It looks for the file from the directory in which the
    /// daemon was started, not from that of the configuration, and goes ten files deep.
    ///
    /// ## Example
    /// ```json
    /// { "Dhcp4": { "subnet4": <?include subnets.json?> } }
    /// ```
    ///
    /// ## Use instead
    /// ```json
    /// { "Dhcp4": { "subnet4": <?include "/etc/kea/subnets.json"?> } }
    /// ```
    "json/include", Error, arm: "config.html#json-syntax", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600 <?include more.json?>}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600}}"#),
    ],
}

/// The parser's mistakes are added before any rule runs.
fn check(_: &Review<'_>, _: &mut Findings) {}
