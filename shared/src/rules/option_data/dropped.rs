//! `option-data/dropped`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// Kea accepts a value and sends something else.
    ///
    /// ## Why
    /// What does not fit into the fields of the definition is left out without a word: bytes behind the last
    /// field, bytes of an option without a value, zeros at the end of a text.
    ///
    /// ## Use instead
    /// Remove what the option does not hold, or mend the definition.
    "option-data/dropped", Warning, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "size", "code": 224, "type": "uint16"}],
    "option-data": [{"name": "size", "data": "010203", "csv-format": false}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "size", "code": 224, "type": "uint16"}],
    "option-data": [{"name": "size", "data": "0102", "csv-format": false}]}}"#,
        ),
    ],
}
