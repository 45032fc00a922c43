//! `option-def/duplicate-code`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// Two definitions of one space have the same code.
    ///
    /// ## Why
    /// Kea could not tell which one an option follows, and refuses the second.
    ///
    /// ## Use instead
    /// Use another code, or another space.
    "option-def/duplicate-code", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "one", "code": 224, "type": "uint8"}, {"name": "two", "code": 224, "type": "uint8"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "one", "code": 224, "type": "uint8"}, {"name": "two", "code": 225, "type": "uint8"}]}}"#,
        ),
    ],
}
