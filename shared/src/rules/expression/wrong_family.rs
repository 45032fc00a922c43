//! `expression/wrong-family`

use crate::rules::{Example, rule};

rule! {
    /// A word belongs to the other family.
    ///
    /// ## Why
    /// Kea refuses the configuration: `pkt4` and `relay4` exist only for kea-dhcp4, `pkt6` and `relay6` only for kea-dhcp6.
    ///
    /// ## Example
    /// ```json
    /// { "Dhcp6": { "client-classes": [ { "name": "a", "test": "relay4[1].exists" } ] } }
    /// ```
    ///
    /// ## Use instead
    /// `relay6[0].option[18].exists`.
    "expression/wrong-family", Error, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "relay4[1].exists"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "pkt4.mac == 0x010203040506"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "pkt6.msgtype == 1"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "relay6[0].peeraddr == ::1"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "relay4[1].exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "pkt4.mac == 0x010203040506"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "pkt6.msgtype == 1"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "relay6[0].peeraddr == ::1"}]}}"##),
    ],
}
