//! `expression/unknown-option`

use crate::rules::{Example, rule};

rule! {
    /// An option's name is not defined.
    ///
    /// ## Why
    /// Kea refuses the configuration. A name is looked up among the standard options and the global `option-def` of the space
    /// `dhcp4` or `dhcp6`; a definition inside of a class does not count.
    ///
    /// ## Example
    /// ```json
    /// { "Dhcp4": { "client-classes": [ { "name": "a", "test": "option[hostname].exists" } ] } }
    /// ```
    ///
    /// ## Use instead
    /// `option[host-name].exists`, or the option's code.
    "expression/unknown-option", Error, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[hostname].exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[dns-servers].exists"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[Clientid].exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"option-def": [{"name": "foo", "code": 224, "type": "string", "space": "other"}], "client-classes": [{"name": "a", "test": "option[foo].exists"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[host-name].exists"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[dns-servers].exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"option-def": [{"name": "foo", "code": 224, "type": "string"}], "client-classes": [{"name": "a", "test": "option[foo].exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[vendor-encapsulated-options ].exists"}]}}"##),
    ],
}
