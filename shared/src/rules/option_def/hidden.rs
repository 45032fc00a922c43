//! `option-def/hidden`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// Kea uses a definition of its own instead.
    ///
    /// ## Why
    /// Kea has definitions for the spaces of some vendors, such as `vendor-4491` of CableLabs. It accepts others
    /// with the same code or name and never uses them.
    ///
    /// ## Use instead
    /// Remove the definition and write values as Kea's own one takes them, or take another code and name.
    "option-def/hidden", Warning, arm: "dhcp4-srv.html#dhcpv4-vendor-specific-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "servers", "code": 2, "space": "vendor-4491", "type": "string"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "servers", "code": 3, "space": "vendor-4491", "type": "string"}]}}"#,
        ),
    ],
}
