//! `expression/both-missing`

use crate::rules::{Example, rule};

rule! {
    /// Two options are compared, and both may be missing.
    ///
    /// ## Why
    /// An option that the packet does not have is an empty string. Two of them are equal, so the test is true for every client
    /// that sends neither.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "option[61].hex == option[82].option[2].hex" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `option[61].exists and option[61].hex == option[82].option[2].hex`.
    "expression/both-missing", Warning, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[61].hex == option[82].option[2].hex"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[1].hex == relay6[0].option[37].hex"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[61].hex == 0x01"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[61].exists and option[61].hex == option[82].option[2].hex"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[1].hex == pkt.iface"}]}}"##),
    ],
}
