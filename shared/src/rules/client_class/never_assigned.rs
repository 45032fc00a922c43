//! `client-class/never-assigned`

use crate::{
    json::Element,
    rules::{Example, Finding, Findings, Review, rule},
};

rule! {
    /// Nothing puts a client into the class.
    ///
    /// ## Why
    /// Kea accepts a class without a `test`, but then only a reservation, a list of additional classes or a hook
    /// library can put a client into it. Here none of them does.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "gold", "option-data": [ { "name": "routers", "data": "192.0.2.1" } ] } ] }
    /// ```
    ///
    /// ## Use instead
    /// A `test`, or the class's name in the `client-classes` of reservations.
    "client-class/never-assigned", Warning, arm: "classify.html#defining-client-classes", check,
    bad: [Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "gold"}]}}"#)],
    good: [
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "gold"}],
                "reservations": [{"hw-address": "01:02:03:04:05:06", "hostname": "a", "client-classes": ["gold"]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "gold"}], "subnet4": [
                {"id": 1, "subnet": "192.0.2.0/24", "client-class": "gold", "require-client-classes": ["gold"]}]}}"#,
        ),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "KNOWN"}]}}"#),
    ],
}

/// Told together with `client-class/unknown`, which looks at the same names.
fn check(_: &Review<'_>, _: &mut Findings) {}

/// A finding about a class that nobody gets into.
pub(super) fn found(class: Element<'_>, name: &str) -> Finding {
    let place = class.get("name").unwrap_or(class);
    RULE.at(place, format!("nothing puts a client into class `{name}`"))
        .help("give it a `test`, or name it in the `client-classes` of a reservation")
}
