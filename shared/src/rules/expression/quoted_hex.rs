//! `expression/quoted-hex`

use crate::rules::{Example, rule};

rule! {
    /// Bytes are compared with a text of hex digits.
    ///
    /// ## Why
    /// What stands in quotes is taken letter by letter: `'0x01'` is the four characters `0`, `x`, `0` and `1`. Bytes of a hardware
    /// address or an option hardly ever are.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "substring(pkt4.mac, 0, 3) == 0x0c0102 and pkt4.mac == '0c:01:02:03:04:05'" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `0x0c0102030405`, without quotes.
    "expression/quoted-hex", Warning, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "pkt4.mac == '0x0c0102030405'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "pkt4.mac == '0c:01:02:03:04:05'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[1].hex == '0x0001'"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "pkt4.mac == 0x0c0102030405"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[1].hex == 0x0001"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].text == '0x0001'"}]}}"##),
    ],
}
