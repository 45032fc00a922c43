//! `option-data/empty-value`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// There is an empty value between commas.
    ///
    /// ## Why
    /// Kea skips a value without any character. In a list that changes nothing; in a record every value behind
    /// it moves up by one field.
    ///
    /// ## Use instead
    /// Remove the comma, or put the missing value before it.
    "option-data/empty-value", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": "192.0.2.1,,192.0.2.2"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": "192.0.2.1,192.0.2.2"}]}}"#,
        ),
    ],
}
