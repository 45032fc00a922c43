//! `option-data/unknown-option`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// There is no option of that name.
    ///
    /// ## Why
    /// Kea looks for the name, in its exact spelling, among its own options of the space and among those of
    /// `option-def`. Older versions know fewer of them.
    ///
    /// ## Use instead
    /// Mend the name, define the option in `option-def`, or give its code.
    "option-data/unknown-option", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "Routers", "data": "192.0.2.1"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "routers", "data": "192.0.2.1"}]}}"#,
        ),
    ],
}
