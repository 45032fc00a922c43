//! `option-data/domain-name`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A value is not a domain name where one belongs.
    ///
    /// ## Why
    /// Kea refuses it. A name has labels of at most 63 bytes with dots between them, and at most 255 bytes in
    /// all (RFC 1035, section 2.3.4).
    ///
    /// ## Use instead
    /// Write names such as `example.org`, several of them with commas between them.
    "option-data/domain-name", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "domain-search", "data": "example..org"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "domain-search", "data": "example.org, example.net"}]}}"#,
        ),
    ],
}
