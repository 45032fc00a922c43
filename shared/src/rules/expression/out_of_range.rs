//! `expression/out-of-range`

use crate::rules::{Example, rule};

rule! {
    /// A number is beyond what may stand there.
    ///
    /// ## Why
    /// Kea refuses the configuration. Option codes are 0 to 255 in DHCPv4 and 0 to 65535 in DHCPv6, relays -32 to 31, numbers
    /// as strings and enterprise numbers 0 to 4294967295, and every number fits 64 bits.
    ///
    /// ## Example
    /// ```json
    /// { "Dhcp4": { "client-classes": [ { "name": "a", "test": "option[256].exists" } ] } }
    /// ```
    ///
    /// ## Use instead
    /// The option's code in this family.
    "expression/out-of-range", Error, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[256].exists"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[65536].exists"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "relay6[32].linkaddr == ::"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "vendor[4294967296].exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "-1 == pkt4.transid"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[255].exists"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[65535].exists"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "relay6[-32].linkaddr == ::"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "vendor[4294967295].exists"}]}}"##),
    ],
}
