//! `option-data/code`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// The code of an option is out of range or reserved.
    ///
    /// ## Why
    /// DHCPv4 has one byte for a code, and its 0 and 255 are no options but padding and the end of the list (RFC
    /// 2132, section 3). DHCPv6 has two bytes, and 0 is reserved.
    ///
    /// ## Use instead
    /// Use the code of an option: 1 to 254, in DHCPv6 1 to 65535.
    "option-data/code", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 300, "data": "01", "csv-format": false}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"option-data": [{"code": 0, "data": "01", "csv-format": false}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 254, "data": "01", "csv-format": false}]}}"#,
        ),
    ],
}
