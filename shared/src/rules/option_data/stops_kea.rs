//! `option-data/stops-kea`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// A value makes Kea end with a failed assertion.
    ///
    /// ## Why
    /// Kea 3.0 as Debian builds it stops on an empty tuple at the end of an option, already at `config-test` and
    /// at `-t`. Whoever sends this to a running daemon ends the service.
    ///
    /// ## Use instead
    /// Give the tuple a text.
    "option-data/stops-kea", Error, arm: "dhcp4-srv.html#custom-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "text", "code": 224, "type": "tuple"}],
    "option-data": [{"name": "text", "data": " "}]}}"#,
        ).from(3, 0, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "text", "code": 224, "type": "tuple"}],
    "option-data": [{"name": "text", "data": "a"}]}}"#,
        ),
    ],
}
