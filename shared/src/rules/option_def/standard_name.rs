//! `option-def/standard-name`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// Kea defines an option of that name itself.
    ///
    /// ## Why
    /// Options can be set by their names, so a name stands for one definition. Kea's own cannot be replaced.
    ///
    /// ## Use instead
    /// Remove the definition and use Kea's, or take another name.
    "option-def/standard-name", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "routers", "code": 224, "type": "ipv4-address"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "my-routers", "code": 224, "type": "ipv4-address"}]}}"#,
        ),
    ],
}
