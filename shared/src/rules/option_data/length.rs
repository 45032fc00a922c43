//! `option-data/length`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A value has too few bytes, or not as many as its fields need.
    ///
    /// ## Why
    /// Kea refuses it: it cannot tell the fields apart.
    ///
    /// ## Use instead
    /// Give a whole value for every field; check the lengths that stand before texts.
    "option-data/length", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": "c00002", "csv-format": false}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": "c0000201", "csv-format": false}]}}"#,
        ),
    ],
}
