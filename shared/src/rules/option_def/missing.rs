//! `option-def/missing`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A definition lacks its name, its code or its type.
    ///
    /// ## Why
    /// Kea has no defaults for these three.
    ///
    /// ## Use instead
    /// Add the key that is missing.
    "option-def/missing", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "foo", "code": 224}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "foo", "code": 224, "type": "string"}]}}"#,
        ),
    ],
}
