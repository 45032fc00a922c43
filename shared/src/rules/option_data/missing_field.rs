//! `option-data/missing-field`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A field of a record is missing.
    ///
    /// ## Why
    /// A record needs a value for each of its fields. Kea skips values without any character, so an empty field
    /// is a missing one.
    ///
    /// ## Use instead
    /// Give all the fields, in the order of `record-types`, separated by commas.
    "option-data/missing-field", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "slp-directory-agent", "data": "true"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "slp-directory-agent", "data": "true, 192.0.2.1"}]}}"#,
        ),
    ],
}
