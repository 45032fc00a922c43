//! `option-def/duplicate-name`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// Two definitions of one space have the same name.
    ///
    /// ## Why
    /// Kea could not tell which one an option follows, and refuses the second. Names that differ in case only
    /// are different ones.
    ///
    /// ## Use instead
    /// Use another name, or another space.
    "option-def/duplicate-name", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "one", "code": 224, "type": "uint8"}, {"name": "one", "code": 225, "type": "uint8"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "one", "code": 224, "type": "uint8"}, {"name": "one", "code": 225, "type": "uint8", "space": "inner"}]}}"#,
        ),
    ],
}
