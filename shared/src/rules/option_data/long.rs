//! `option-data/long`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A value of DHCPv4 takes more than 255 bytes.
    ///
    /// ## Why
    /// One option holds 255 bytes. Kea splits a longer value into several options of the same code (RFC 3396),
    /// and not every client joins them.
    ///
    /// ## Use instead
    /// Make the value shorter where that is possible.
    "option-data/long", Hint, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "domain-search", "data": "a-subdomain-of-some-length.example.org, b-subdomain-of-some-length.example.org, c-subdomain-of-some-length.example.org, d-subdomain-of-some-length.example.org, e-subdomain-of-some-length.example.org, f-subdomain-of-some-length.example.org, g-subdomain-of-some-length.example.org, h-subdomain-of-some-length.example.org"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "domain-search", "data": "a.example.org, b.example.org"}]}}"#,
        ),
    ],
}
