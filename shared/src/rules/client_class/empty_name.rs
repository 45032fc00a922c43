//! `client-class/empty-name`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// The name of a client class is empty.
    ///
    /// ## Why
    /// Kea refuses the configuration. Any other text is a name.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "" } ] }
    /// ```
    ///
    /// ## Use instead
    /// A name that says who is in the class.
    "client-class/empty-name", Error, arm: "classify.html#defining-client-classes", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": ""}]}}"#),
    ],
    good: [Example::new(r#"{"Dhcp4": {"client-classes": [{"name": " "}]}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for class in review.classes() {
        if let Some(name) = class.get("name").filter(|name| name.source() == r#""""#) {
            out.push(RULE.at(name, "the class has an empty name").help("name it"));
        }
    }
}
