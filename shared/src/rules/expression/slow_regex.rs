//! `expression/slow-regex`

use crate::rules::{Example, rule};

rule! {
    /// A regular expression repeats a repeat.
    ///
    /// ## Why
    /// `(a+)+` can split a row of `a` in as many ways as there are; the library tries them all when the text does not match, so
    /// the time doubles with every byte. A client chooses the text: a few dozen bytes stop the server.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "match('^([a-z]+)*$', option[12].text)" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `match('^[a-z]*$', option[12].text)`.
    "expression/slow-regex", Warning, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "match('^([a-z]+)*$', option[12].text)"}]}}"##).from(2, 7, 0),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "match('((a*))+', pkt.iface)"}]}}"##).from(2, 7, 0),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "match('^[a-z]*$', option[12].text)"}]}}"##).from(2, 7, 0),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "match('(a+b)*', pkt.iface)"}]}}"##).from(2, 7, 0),
    ],
}
