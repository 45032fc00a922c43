//! `option-def/standard-code`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// Kea defines an option of that code itself.
    ///
    /// ## Why
    /// Kea's own definitions cannot be replaced. Newer versions have more of them. Only option 43 of DHCPv4 can
    /// have another one, for vendors fill it each in their own way.
    ///
    /// ## Use instead
    /// Remove the definition and use Kea's, or take a free code.
    "option-def/standard-code", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "dns", "code": 6, "type": "ipv4-address", "array": true}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "vendor-encapsulated-options", "code": 43, "type": "binary"}]}}"#,
        ),
    ],
}
