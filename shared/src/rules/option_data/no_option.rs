//! `option-data/no-option`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// An entry has neither a code nor a name.
    ///
    /// ## Why
    /// Nothing says which option it is.
    ///
    /// ## Use instead
    /// Give the option's code or its name.
    "option-data/no-option", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"data": "192.0.2.1"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 3, "data": "192.0.2.1"}]}}"#,
        ),
    ],
}
