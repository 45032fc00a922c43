//! `option-def/array-encapsulates`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// An array encapsulates a space.
    ///
    /// ## Why
    /// Sub-options begin where the value ends, and an array takes all there is.
    ///
    /// ## Use instead
    /// Remove `array` or `encapsulate`.
    "option-def/array-encapsulates", Error, arm: "dhcp4-srv.html#nested-dhcpv4-options-custom-option-spaces", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "list", "code": 224, "type": "uint8", "array": true, "encapsulate": "inner"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "list", "code": 224, "type": "uint8", "encapsulate": "inner"}]}}"#,
        ),
    ],
}
