//! `expression/substring-length`

use crate::rules::{Example, rule};

rule! {
    /// `substring` takes more bytes than the text has that it is compared with.
    ///
    /// ## Why
    /// The comparison is then not about the beginning of the value: it is only true where the value ends behind the text. Mostly
    /// the bytes were counted wrong.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "substring(option[60].hex, 0, 6) == 'APC'" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `substring(option[60].hex, 0, 3) == 'APC'`.
    "expression/substring-length", Warning, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "substring(option[60].hex, 0, 6) == 'APC'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "'eth' == substring(pkt.iface, 0, 4)"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "substring(option[60].hex, 0, 3) == 'APC'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "substring(pkt.src, 14, 4) == 0x0001"}]}}"##),
    ],
}
