//! `option-def/record-types`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// `record-types` and the type of a definition do not fit each other.
    ///
    /// ## Why
    /// A record has at least two fields; with one, it would be an option of the type of that field. All other
    /// types have none.
    ///
    /// ## Use instead
    /// Set `type` to `record` and list two or more types, or remove `record-types`.
    "option-def/record-types", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "rec", "code": 224, "type": "record", "record-types": "uint8"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "rec", "code": 224, "type": "uint8", "record-types": "uint8, uint8"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "rec", "code": 224, "type": "record", "record-types": "uint8, uint8"}]}}"#,
        ),
    ],
}
