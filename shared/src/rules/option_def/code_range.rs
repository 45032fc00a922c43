//! `option-def/code-range`

use super::definitions::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// The code of a definition is out of range.
    ///
    /// ## Why
    /// DHCPv4 has one byte for a code, DHCPv6 has two. That is true of sub-options and of every space too.
    ///
    /// ## Use instead
    /// Use a free code. In DHCPv4, 224 to 254 are for a site's own options (RFC 3942).
    "option-def/code-range", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "big", "code": 256, "type": "uint8"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"option-def": [{"name": "big", "code": 65536, "type": "uint8"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "big", "code": 254, "type": "uint8"}]}}"#,
        ),
    ],
}
