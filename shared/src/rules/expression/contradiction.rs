//! `expression/contradiction`

use crate::rules::{Example, rule};

rule! {
    /// Conditions that are joined by `and` cannot hold together.
    ///
    /// ## Why
    /// The same thing is compared with two different values, so one of the comparisons is always false: nobody is in the class.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "option[60].text == 'phone' and option[60].text == 'camera'" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `or`.
    "expression/contradiction", Warning, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].text == 'phone' and option[60].text == 'camera'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "pkt.iface == 'eth0' and (member('KNOWN') and pkt.iface == 'eth1')"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].text == 'phone' or option[60].text == 'camera'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "pkt.iface == 'eth0' and not pkt.iface == 'eth1'"}]}}"##),
    ],
}
