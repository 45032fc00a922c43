//! `expression/never-equal`

use crate::rules::{Example, rule};

rule! {
    /// A comparison is never true.
    ///
    /// ## Why
    /// The two sides can never have the same length, or one has letters that the other cannot have: nobody is in the class.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "substring(option[60].hex, 0, 3) == 'PXEClient'" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `substring(option[60].hex, 0, 9) == 'PXEClient'`.
    "expression/never-equal", Warning, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "substring(option[60].hex, 0, 3) == 'PXEClient'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "pkt4.ciaddr == '192.0.2.1'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "pkt.src == 192.0.2.1"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "hexstring(pkt4.mac, ':') == '0C:01:02:03:04:05'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "pkt4.msgtype == 0x01"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "lcase(option[60].hex) == 'PXE'"}]}}"##).from(2, 5, 2),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "substring(option[60].hex, 0, 9) == 'PXEClient'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "pkt4.ciaddr == 192.0.2.1"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "pkt.src == fe80::1"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "hexstring(pkt4.mac, ':') == '0c:01:02:03:04:05'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "pkt4.msgtype == 1"}]}}"##),
    ],
}
