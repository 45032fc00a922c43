//! `option-def/reserved-code`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// The code of a definition is reserved.
    ///
    /// ## Why
    /// In the space `dhcp4`, 0 and 255 are padding and the end of the options (RFC 2132, section 3); in `dhcp6`,
    /// 0 is reserved. In other spaces they are free.
    ///
    /// ## Use instead
    /// Use another code.
    "option-def/reserved-code", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "end", "code": 255, "type": "uint8"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "end", "code": 255, "type": "uint8", "space": "inner"}]}}"#,
        ),
    ],
}
