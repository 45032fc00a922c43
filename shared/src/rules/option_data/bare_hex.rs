//! `option-data/bare-hex`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A number is written so that Kea reads it as hexadecimal.
    ///
    /// ## Why
    /// Kea reads a number that is not decimal as hexadecimal, with or without `0x`: `1e3` is 483 and `ff` is
    /// 255. Nobody who reads the file expects that.
    ///
    /// ## Use instead
    /// Write the number in decimal digits, or put `0x` before hexadecimal ones.
    "option-data/bare-hex", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "interface-mtu", "data": "5dc"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "interface-mtu", "data": "1500"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "interface-mtu", "data": "0x5dc"}]}}"#,
        ),
    ],
}
