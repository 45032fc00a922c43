//! `option-data/zone`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// An address has a zone behind a `%`.
    ///
    /// ## Why
    /// A zone such as `%eth0` names an interface of one host. Kea leaves it out: a client gets the address
    /// alone.
    ///
    /// ## Use instead
    /// Remove the `%` and what follows it.
    "option-data/zone", Warning, arm: "dhcp6-srv.html#standard-dhcpv6-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"option-data": [{"name": "dns-servers", "data": "fe80::1%eth0"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"option-data": [{"name": "dns-servers", "data": "fe80::1"}]}}"#,
        ),
    ],
}
