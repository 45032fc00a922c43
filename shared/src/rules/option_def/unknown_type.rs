//! `option-def/unknown-type`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A definition has a type that Kea does not know.
    ///
    /// ## Why
    /// Types are written in lower case. Kea 2.5.5 added `internal`, which nobody needs.
    ///
    /// ## Use instead
    /// Use `empty`, `binary`, `boolean`, `int8`, `int16`, `int32`, `uint8`, `uint16`, `uint32`, `ipv4-address`,
    /// `ipv6-address`, `ipv6-prefix`, `psid`, `string`, `tuple`, `fqdn` or `record`.
    "option-def/unknown-type", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "foo", "code": 224, "type": "String"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "foo", "code": 224, "type": "string"}]}}"#,
        ),
    ],
}
