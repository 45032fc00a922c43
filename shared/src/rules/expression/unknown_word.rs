//! `expression/unknown-word`

use crate::rules::{Example, rule};

rule! {
    /// A word is none that expressions know.
    ///
    /// ## Why
    /// Kea refuses the configuration. All words are in lower case, and only the manual's list of them exists.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "phones", "test": "option[60].exists AND option[61].exists" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `option[60].exists and option[61].exists`. What is meant as text stands in single quotes.
    "expression/unknown-word", Error, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists AND option[61].exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "true"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "tolower(option[16].hex) == 'a'"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists and option[61].exists"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists or'AND'=='a'"}]}}"##),
    ],
}
