//! `option-data/extra-value`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// There are more values than the option takes.
    ///
    /// ## Why
    /// Kea sends those that fit and ignores the others without a word. Most often a comma in a text is the
    /// reason: to Kea it ends the value.
    ///
    /// ## Use instead
    /// Give as many values as the option takes. Put a backslash before a comma that belongs to a text; in JSON
    /// that is `\\,`.
    "option-data/extra-value", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "domain-name", "data": "example.org,example.net"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "domain-name", "data": "example.org"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "tcode", "data": "a\\,b"}]}}"#,
        ),
    ],
}
