//! `option-data/space`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// The option space of an entry cannot be one.
    ///
    /// ## Why
    /// The name of a space has letters, digits, and inside also `-` and `_`. The space `dhcp4` is for kea-dhcp4
    /// only, `dhcp6` for kea-dhcp6.
    ///
    /// ## Use instead
    /// Leave the space out for the daemon's standard options.
    "option-data/space", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 3, "space": "dhcp6", "data": "192.0.2.1"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 3, "space": "", "data": "192.0.2.1"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 3, "space": "dhcp4", "data": "192.0.2.1"}]}}"#,
        ),
    ],
}
