//! `expression/empty-text`

use crate::rules::{Example, rule};

rule! {
    /// An option is compared with an empty text.
    ///
    /// ## Why
    /// An option that the packet does not have is an empty string too. So the comparison does not tell an empty option from none.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "option[60].text == ''" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `not option[60].exists`, or `option[60].exists and option[60].text == ''`.
    "expression/empty-text", Warning, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].text == ''"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "'' == option[16].hex"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "not option[60].exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists and option[60].text == ''"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "option[16].hex == 'a'"}]}}"##),
    ],
}
