//! `option-data/value`

use super::entries::check;
use crate::rules::{Example, rule};

rule! {
    /// A value does not fit the type of its option.
    ///
    /// ## Why
    /// Kea reads the values of `data` by the types of the definition, separated by commas, and refuses what it
    /// cannot read.
    ///
    /// ## Use instead
    /// Give values as the finding describes them.
    "option-data/value", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": "192.0.2.256"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"option-data": [{"name": "dns-servers", "data": "2001:db8::53/64"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "ip-forwarding", "data": "yes"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": "192.0.2.254"}]}}"#,
        ),
    ],
}
