//! `option-data/prefix-length`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// The length of a prefix is more than 128.
    ///
    /// ## Why
    /// This version of Kea reads behind the end of the address and sends what its memory holds there. Newer ones
    /// (3.0.4, 3.1.5) refuse it.
    ///
    /// ## Use instead
    /// Give a length from 0 to 128.
    "option-data/prefix-length", Warning, arm: "dhcp6-srv.html#custom-dhcpv6-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"option-def": [{"name": "net", "code": 224, "type": "ipv6-prefix"}],
    "option-data": [{"name": "net", "data": "2001:db8::/129"}]}}"#,
        ).before(3, 0, 4),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"option-def": [{"name": "net", "code": 224, "type": "ipv6-prefix"}],
    "option-data": [{"name": "net", "data": "2001:db8::/128"}]}}"#,
        ),
    ],
}
