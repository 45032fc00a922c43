//! `option-data/set-by-kea`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// An option is set that Kea decides about itself.
    ///
    /// ## Why
    /// Kea computes its value from the lease, the subnet or the client's message, or takes it from a parameter
    /// of its own. The value that is set here is ignored, or it contradicts what the server does.
    ///
    /// ## Use instead
    /// Remove the entry, and set the parameter that the finding names.
    "option-data/set-by-kea", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "dhcp-lease-time", "data": "3600"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"valid-lifetime": 3600}}"#,
        ),
    ],
}
