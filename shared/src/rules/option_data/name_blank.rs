//! `option-data/name-blank`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// The name of an option has a blank in it.
    ///
    /// ## Why
    /// No option has such a name, and Kea refuses it even where the code would do.
    ///
    /// ## Use instead
    /// Remove the blank.
    "option-data/name-blank", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 3, "name": "routers ", "data": "192.0.2.1"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 3, "name": "routers", "data": "192.0.2.1"}]}}"#,
        ),
    ],
}
