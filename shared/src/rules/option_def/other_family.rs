//! `option-def/other-family`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A definition is in the standard space of the other daemon.
    ///
    /// ## Why
    /// Kea accepts it, but refuses every option of that space: kea-dhcp4 sets none in `dhcp6`, and kea-dhcp6
    /// none in `dhcp4`.
    ///
    /// ## Use instead
    /// Leave the space out, or use the daemon's own.
    "option-def/other-family", Warning, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "foo", "code": 224, "space": "dhcp6", "type": "string"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "foo", "code": 224, "space": "dhcp4", "type": "string"}]}}"#,
        ),
    ],
}
