//! `option-def/coming`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A coming version of Kea defines the option itself.
    ///
    /// ## Why
    /// Kea refuses a definition with the code or the name of one of its own. With the version that the finding
    /// names, this one has to go.
    ///
    /// ## Use instead
    /// Remove the definition when you upgrade, or take another code and name.
    "option-def/coming", Hint, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "packetcable", "code": 122, "type": "binary"}]}}"#,
        ).before(2, 7, 4),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "packetcable", "code": 224, "type": "binary"}]}}"#,
        ),
    ],
}
