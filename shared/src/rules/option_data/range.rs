//! `option-data/range`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A number is too large or too small for its type.
    ///
    /// ## Why
    /// Kea refuses a number that does not fit the bytes of the field. What is no decimal number is read as
    /// hexadecimal.
    ///
    /// ## Use instead
    /// Give a number within the limits of the type.
    "option-data/range", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "interface-mtu", "data": "70000"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "interface-mtu", "data": "9000"}]}}"#,
        ),
    ],
}
