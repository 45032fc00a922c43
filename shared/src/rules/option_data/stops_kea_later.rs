//! `option-data/stops-kea-later`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// An option makes Kea end as soon as it sends or prints it.
    ///
    /// ## Why
    /// Versions before 2.3.8 put the options of the space `dhcp6` into an option that encapsulates that space,
    /// and so into itself, without end. The configuration is accepted; the daemon crashes when a client asks for
    /// the option or when somebody asks for the configuration.
    ///
    /// ## Use instead
    /// Remove the entry, or use a newer Kea.
    "option-data/stops-kea-later", Warning, arm: "dhcp6-srv.html#standard-dhcpv6-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"option-data": [{"name": "client-data"}]}}"#,
        ).before(2, 3, 8),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"option-data": [{"name": "dns-servers", "data": "2001:db8::53"}]}}"#,
        ),
    ],
}
