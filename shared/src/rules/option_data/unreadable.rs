//! `option-data/unreadable`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// An array of addresses of the other family breaks the messages that hold it.
    ///
    /// ## Why
    /// Kea accepts an array of IPv6 addresses in DHCPv4, and of IPv4 addresses in DHCPv6, but writes it without
    /// its code and its length. Clients cannot read the message from there on.
    ///
    /// ## Use instead
    /// Define the option as `binary`, or as a record of two addresses with `array`.
    "option-data/unreadable", Warning, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "six", "code": 224, "type": "ipv6-address", "array": true}],
    "option-data": [{"name": "six", "data": "2001:db8::1"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "six", "code": 224, "type": "ipv6-address"}],
    "option-data": [{"name": "six", "data": "2001:db8::1"}]}}"#,
        ),
    ],
}
