//! `option-def/array`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A definition makes an array of a type that cannot be repeated.
    ///
    /// ## Why
    /// Nothing says where one text or one run of bytes ends and the next begins, and an empty value has nothing
    /// to repeat.
    ///
    /// ## Use instead
    /// Remove `array`, or use the type `tuple`: texts with a length before each.
    "option-def/array", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "list", "code": 224, "type": "string", "array": true}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "list", "code": 224, "type": "tuple", "array": true}]}}"#,
        ),
    ],
}
