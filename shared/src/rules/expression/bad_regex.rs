//! `expression/bad-regex`

use crate::rules::{Example, rule};

rule! {
    /// Kea cannot read a regular expression.
    ///
    /// ## Why
    /// Kea refuses the configuration. `match()` takes ECMAScript as the C++ library has it: no lookbehind, no names, no flags, no
    /// Unicode classes. Its expressions are limited to 100,000 states, so a big number in braces is refused too, and a very long
    /// one crashes Kea.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "match('(?i)eth', pkt.iface)" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `match('eth', lcase(pkt.iface))`.
    "expression/bad-regex", Error, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "match('(?i)eth', pkt.iface)"}]}}"##).from(2, 7, 0),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "match('[z-a]', pkt.iface)"}]}}"##).from(2, 7, 0),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "match('a{99999}', pkt.iface)"}]}}"##).from(2, 7, 0),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "match('(a', pkt.iface)"}]}}"##).from(2, 7, 0),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "match('eth', lcase(pkt.iface))"}]}}"##).from(2, 7, 0),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "match('[a-z]+[^]', pkt.iface)"}]}}"##).from(2, 7, 0),
    ],
}
