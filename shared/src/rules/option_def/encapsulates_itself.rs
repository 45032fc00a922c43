//! `option-def/encapsulates-itself`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// An option encapsulates the space that it is in.
    ///
    /// ## Why
    /// It would hold itself.
    ///
    /// ## Use instead
    /// Encapsulate another space.
    "option-def/encapsulates-itself", Error, arm: "dhcp4-srv.html#nested-dhcpv4-options-custom-option-spaces", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "box", "code": 1, "space": "box", "type": "empty", "encapsulate": "box"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "box", "code": 1, "space": "box", "type": "empty", "encapsulate": "inner"}]}}"#,
        ),
    ],
}
