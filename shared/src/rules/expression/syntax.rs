//! `expression/syntax`

use crate::rules::{Example, rule};

rule! {
    /// An expression cannot be read.
    ///
    /// ## Why
    /// Kea refuses the configuration. It tells only the first mistake, with the column in the expression; here all are told.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "phones", "test": "option[60].text = 'phone'" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `option[60].text == 'phone'`: texts stand in single quotes, there are no escapes, and `==` is the only comparison.
    "expression/syntax", Error, arm: "classify.html#using-expressions-in-classification", super::told::classes,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].text = 'phone'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].text == 'phone' and"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": ""}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "(option[60].exists"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[16.exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].text == \"phone\""}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "pkt4.ciaddr == 192.0.2.256"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].text == 'phone'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "not(option[60].exists)and'a'=='a'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "relay6[-1].peeraddr == fe80::1"}]}}"##),
    ],
}
