//! `client-class/never-evaluated`

use crate::{
    json::Element,
    rules::{Example, Finding, Findings, Review, rule},
};

rule! {
    /// A class waits for a list of additional classes, and none names it.
    ///
    /// ## Why
    /// Kea accepts it and never evaluates the test: with `only-in-additional-list` (before 2.7.4: `only-if-required`) a
    /// class is only looked at where a subnet, shared network or pool lists it.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "option[60].exists", "only-in-additional-list": true } ] }
    /// ```
    ///
    /// ## Use instead
    /// Name it in `evaluate-additional-classes` (before 2.7.4: `require-client-classes`).
    "client-class/never-evaluated", Warning, arm: "classify.html#additional-classification", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists", "only-if-required": true}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"client-classes": [
                {"name": "a", "test": "option[60].exists", "only-in-additional-list": true}]}}"#,
        )
        .from(2, 7, 4),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists", "only-if-required": true}],
                "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "require-client-classes": ["a"]}]}}"#,
        ),
    ],
}

/// Told together with `client-class/unknown`, which looks at the same names.
fn check(_: &Review<'_>, _: &mut Findings) {}

/// A finding about a class whose test is never looked at.
pub(super) fn found(class: Element<'_>, name: &str) -> Finding {
    let flag = ["only-in-additional-list", "only-if-required"].into_iter().find_map(|key| class.get(key));
    RULE.at_key(
        flag.unwrap_or(class),
        format!("class `{name}` is never evaluated: no list of additional classes names it"),
    )
    .help("name it in `evaluate-additional-classes`, before 2.7.4 in `require-client-classes`")
}
