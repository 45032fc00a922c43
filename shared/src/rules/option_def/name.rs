//! `option-def/name`

use super::definitions::check;
use crate::rules::{Example, rule};

rule! {
    /// The name of a definition cannot be one.
    ///
    /// ## Why
    /// Kea takes letters, digits, `-` and `_`, the latter two neither first nor last.
    ///
    /// ## Use instead
    /// Use such a name.
    "option-def/name", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "my option", "code": 224, "type": "string"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "my-option", "code": 224, "type": "string"}]}}"#,
        ),
    ],
}
