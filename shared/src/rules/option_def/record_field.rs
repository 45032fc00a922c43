//! `option-def/record-field`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A field of a record has a type that cannot stand there.
    ///
    /// ## Why
    /// A record takes every type but `empty`, `internal` and `record`. A `string` or `binary` field has no
    /// length, so it can only be the last one, and cannot be repeated.
    ///
    /// ## Use instead
    /// Put such a field last, or use `tuple` for a text with a length.
    "option-def/record-field", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "rec", "code": 224, "type": "record", "record-types": "string, uint8"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "rec", "code": 224, "type": "record", "record-types": "uint8, string"}]}}"#,
        ),
    ],
}
