//! `option-data/empty`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// An option is sent without a value.
    ///
    /// ## Why
    /// Kea accepts an empty list of addresses or numbers, and sends the option with no bytes in it. Clients that
    /// meet it take it for an error, or for the order to forget what they had.
    ///
    /// ## Use instead
    /// Give a value, or remove the entry.
    "option-data/empty", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": ""}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": "192.0.2.1"}]}}"#,
        ),
    ],
}
