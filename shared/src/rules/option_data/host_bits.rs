//! `option-data/host-bits`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A prefix has bits behind its length.
    ///
    /// ## Why
    /// Kea drops them from a prefix of DHCPv6. In a route of DHCPv4 (option 121) it sends what the length
    /// covers, and many clients then drop the whole route (RFC 3442).
    ///
    /// ## Use instead
    /// Write the prefix with zeros behind its length.
    "option-data/host-bits", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "classless-static-route", "data": "10.1.2.3/8 - 192.0.2.1"}]}}"#,
        )
        .from(2, 5, 5),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "classless-static-route", "data": "10.0.0.0/8 - 192.0.2.1"}]}}"#,
        )
        .from(2, 5, 5),
    ],
}
