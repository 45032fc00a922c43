//! `option-data/hex`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A value is not written in hexadecimal as Kea reads it.
    ///
    /// ## Why
    /// With `csv-format` false, and in the fields of the type `binary`, Kea takes pairs of hexadecimal digits.
    /// Without `csv-format` they may have `0x` before them, or single colons or blanks between the bytes, and a
    /// text in single quotes is good too. Nothing else is.
    ///
    /// ## Use instead
    /// Write `0a1b`, `0a:1b`, `0x0a1b` or `'text'`.
    "option-data/hex", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 224, "data": "0X0A", "csv-format": false}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "user-class", "data": "0a:1b"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 224, "data": "0x0A", "csv-format": false}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "user-class", "data": "0a1b"}]}}"#,
        ),
    ],
}
