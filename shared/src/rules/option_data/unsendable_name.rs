//! `option-data/unsendable-name`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// Kea cannot send a name as it is written.
    ///
    /// ## Why
    /// Kea takes the length of a name from its text. That is wrong for the root and for names with characters
    /// that have to be escaped, such as blanks, and what follows the name is then read or sent from the wrong
    /// place.
    ///
    /// ## Use instead
    /// Use letters, digits, `-` and `_` only, and commas between several names.
    "option-data/unsendable-name", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "domain-search", "data": "a.example b.example"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "domain-search", "data": "a.example, b.example"}]}}"#,
        ),
    ],
}
