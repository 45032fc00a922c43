//! `option-data/missing-value`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// An option that needs a value has none.
    ///
    /// ## Why
    /// Kea refuses an empty number, address, text or name. Only lists and options of the type `empty` may go
    /// without.
    ///
    /// ## Use instead
    /// Give a value, or remove the entry. Since Kea 2.4 `never-send` without `data` says that an option shall
    /// not be sent.
    "option-data/missing-value", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "domain-name", "data": ""}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "domain-name", "data": "example.org"}]}}"#,
        ),
    ],
}
