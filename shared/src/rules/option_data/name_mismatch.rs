//! `option-data/name-mismatch`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// The code and the name of an entry belong to different options.
    ///
    /// ## Why
    /// Kea finds the definition by the code, and refuses the entry when the definition has another name.
    ///
    /// ## Use instead
    /// Give only one of the two, or make them agree.
    "option-data/name-mismatch", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 3, "name": "domain-name-servers", "data": "192.0.2.1"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 6, "name": "domain-name-servers", "data": "192.0.2.1"}]}}"#,
        ),
    ],
}
