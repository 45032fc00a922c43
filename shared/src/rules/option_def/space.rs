//! `option-def/space`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// The space of a definition cannot be one.
    ///
    /// ## Why
    /// The name of a space has letters, digits, and inside also `-` and `_`. An empty one is no space either.
    ///
    /// ## Use instead
    /// Use such a name, or leave `space` out for the daemon's standard space.
    "option-def/space", Error, arm: "dhcp4-srv.html#nested-dhcpv4-options-custom-option-spaces", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "foo", "code": 1, "space": "-x", "type": "uint8"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "foo", "code": 1, "space": "x", "type": "uint8"}]}}"#,
        ),
    ],
}
