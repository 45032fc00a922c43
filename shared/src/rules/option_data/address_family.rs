//! `option-data/address-family`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// An address of IPv6 stands where an IPv4 address belongs, or the other way round.
    ///
    /// ## Why
    /// Kea writes the bytes of the address as they are. Of an IPv6 address in an option for one IPv4 address it
    /// sends the first four bytes, in an option for several all sixteen, as four addresses that nobody meant.
    ///
    /// ## Use instead
    /// Give an address of the family that the option is for.
    "option-data/address-family", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": "2001:db8::1"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": "192.0.2.1"}]}}"#,
        ),
    ],
}
