//! `expression/fails`

use crate::rules::{Example, rule};

rule! {
    /// Kea can read the expression, but not evaluate it.
    ///
    /// ## Why
    /// The evaluation fails for every packet that has the value: Kea logs an error, and the client is not in the class. Numbers
    /// must fit 32 bits, and the `…totext` functions take exactly as many bytes as their name says.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "uint8totext(pkt.len) == '255'" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `uint32totext(pkt.len) == '255'`.
    "expression/fails", Warning, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "uint8totext(pkt.len) == '255'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "addrtotext(0x01) == option[16].hex"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "substring(option[60].hex, 0, 2147483648) == 'a'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "split(option[60].hex, '.', 4294967296) == 'a'"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "uint32totext(pkt.len) == '255'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "addrtotext(pkt.src) == option[16].hex"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "substring(option[60].hex, 0, 2147483647) == option[12].hex + 'a'"}]}}"##),
    ],
}
