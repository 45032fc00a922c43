//! `client-class/two-tests`

use super::TEMPLATES;
use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A client class has both `test` and `template-test`.
    ///
    /// ## Why
    /// Kea refuses the configuration: a class either has one condition, or makes a class for every value of a string.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "option[60].exists", "template-test": "option[60].hex" } ] }
    /// ```
    ///
    /// ## Use instead
    /// Two classes.
    "client-class/two-tests", Error, arm: "classify.html#template-classes", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists", "template-test": "'a'"}]}}"#)
            .from(2, 3, 2),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists"}]}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a", "template-test": "'a'"}]}}"#).from(2, 3, 2),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.version < TEMPLATES {
        return;
    }
    for class in review.classes() {
        if let (Some(test), Some(template)) = (class.get("test"), class.get("template-test")) {
            let message = "the class has both `test` and `template-test`";
            out.push(RULE.at_key(template, message).related(test, "the test").help("make two classes of it"));
        }
    }
}
