//! `client-class/unknown`

use crate::{
    expr::nearest,
    json::{Element, TextEdit},
    rules::{Example, Finding, rule},
};

rule! {
    /// A class is named that nobody defines.
    ///
    /// ## Why
    /// Kea accepts it, and then nobody is in the class: a subnet or pool that is kept for it serves nobody. Names are
    /// case-sensitive. Only a hook library could still put clients into the class.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "phones", "test": "option[60].exists" } ],
    ///   "subnet4": [ { "id": 1, "subnet": "192.0.2.0/24", "client-class": "Phones" } ] }
    /// ```
    ///
    /// ## Use instead
    /// The name as it stands in `client-classes`.
    "client-class/unknown", Warning, arm: "classify.html#configuring-subnets-with-class-information",
    super::references::check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "client-class": "phones"}]}}"#),
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "phones", "test": "option[60].exists"}],
                "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "require-client-classes": ["Phones"]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "client-classes": ["phones"]}]}}"#,
        )
        .from(2, 7, 5),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "phones", "test": "option[60].exists"}],
                "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "client-class": "phones"}]}}"#,
        ),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "client-class": "KNOWN"}]}}"#),
        Example::new(
            r#"{"Dhcp4": {
                "reservations": [{"hw-address": "01:02:03:04:05:06", "hostname": "a", "client-classes": ["gold"]}],
                "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "client-class": "gold"}]}}"#,
        ),
    ],
}

/// A finding about a name that no class has.
pub(super) fn found<'a>(place: Element<'_>, name: &str, names: impl Iterator<Item = &'a str>) -> Finding {
    let message = format!("no class `{name}` is defined, and no reservation gives it");
    match nearest(name, names) {
        Some(meant) => {
            let text = serde_json::Value::from(meant).to_string();
            let edit = TextEdit { span: place.span(), text };
            RULE.at(place, message)
                .help(format!("did you mean `{meant}`?"))
                .fix(format!("write `{meant}`"), vec![edit])
        }
        None => RULE
            .at(place, message)
            .help("define it in `client-classes`, unless a hook library gives it to clients"),
    }
}
