//! `client-class/unused`

use crate::{
    json::Element,
    rules::{Example, Finding, Findings, Review, rule},
};

rule! {
    /// Being in the class changes nothing.
    ///
    /// ## Why
    /// Kea evaluates the test for every packet, but the class has neither options nor other parameters, and nothing
    /// names it.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "option[60].exists" } ] }
    /// ```
    ///
    /// ## Use instead
    /// Name it where it shall count, such as in a pool's `client-class`, or take it away.
    "client-class/unused", Hint, arm: "classify.html#using-classes", check,
    bad: [Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists"}]}}"#)],
    good: [
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists", "valid-lifetime": 600}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists"},
                {"name": "DROP", "test": "not member('a')"}]}}"#,
        ),
    ],
}

/// Told together with `client-class/unknown`, which looks at the same names.
fn check(_: &Review<'_>, _: &mut Findings) {}

/// A finding about a class that nothing depends on.
pub(super) fn found(class: Element<'_>, name: &str) -> Finding {
    let place = class.get("name").unwrap_or(class);
    RULE.at(place, format!("class `{name}` changes nothing"))
        .help("name it where it shall count, or take it away")
}
