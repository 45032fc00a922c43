//! `expression/text-of-bytes`

use crate::rules::{Example, rule};

rule! {
    /// `.text` is asked of an option that is no text.
    ///
    /// ## Why
    /// Kea only gives the value of options of the type `string`. Of all others `.text` is what Kea would write into its log, with
    /// the option's code, length and type in front.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "option[61].text == '01:0c:01:02:03:04:05'" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `option[61].hex == 0x010c0102030405`.
    "expression/text-of-bytes", Warning, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[61].text == '01:0c:01:02:03:04:05'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[routers].text == '192.0.2.1'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[clientid].text == 'a'"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[61].hex == 0x010c0102030405"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[host-name].text == 'a'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[230].text == 'a'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[43].text == 'a'"}]}}"##),
    ],
}
