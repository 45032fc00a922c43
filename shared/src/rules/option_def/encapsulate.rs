//! `option-def/encapsulate`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// The name of the encapsulated space cannot be one.
    ///
    /// ## Why
    /// The name of a space has letters, digits, and inside also `-` and `_`.
    ///
    /// ## Use instead
    /// Use such a name. Leave `encapsulate` empty or away where the option holds no others.
    "option-def/encapsulate", Error, arm: "dhcp4-srv.html#nested-dhcpv4-options-custom-option-spaces", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "box", "code": 224, "type": "empty", "encapsulate": "in side"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "box", "code": 224, "type": "empty", "encapsulate": "inside"}]}}"#,
        ),
    ],
}
