//! `expression/constant`

use crate::rules::{Example, rule};

rule! {
    /// Both sides of a comparison are fixed.
    ///
    /// ## Why
    /// It gives the same for every packet, so it decides nothing.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "everybody", "test": "'a' == 'a'" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `member('ALL')`.
    "expression/constant", Hint, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "'a' == 'a'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "0x61 == 'b'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "2001:db8::1 == 2001:db8::2"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "member('ALL')"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].hex == 'a'"}]}}"##),
    ],
}
