//! `expression/wrong-type`

use crate::rules::{Example, rule};

rule! {
    /// A condition stands where a string is wanted, or a string where a condition is.
    ///
    /// ## Why
    /// Kea refuses the configuration. `==` and the functions take strings, `and`, `or` and `not` take conditions; a `test` is a
    /// condition, a `template-test` a string.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "phones", "test": "option[60].exists == 'true'" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `option[60].exists`, which is a condition already.
    "expression/wrong-type", Error, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists == 'true'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].text"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "not 'a'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "substring('abc', 'a', 1) == 'a'"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "substring('abc', 1) == 'a'"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "template-test": "option[16].exists"}]}}"##).from(2, 3, 2),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "substring('abc', -1, all) == option[60].hex"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "template-test": "option[16].hex"}]}}"##).from(2, 3, 2),
    ],
}
