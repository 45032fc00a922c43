//! `client-class/option-def`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A client class defines an option that only the global `option-def` can define.
    ///
    /// ## Why
    /// Kea refuses the configuration. A class can only define what is read late, when the packet's classes are known:
    /// option 43 and the private options 224 to 254 of the space `dhcp4`. In DHCPv6 there is nothing of the kind.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "option-def": [ { "name": "x", "code": 200, "type": "string" } ] } ] }
    /// ```
    ///
    /// ## Use instead
    /// The global `option-def`.
    "client-class/option-def", Error, arm: "dhcp4-srv.html#dhcpv4-private-options", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"client-classes": [
                {"name": "a", "option-def": [{"name": "x", "code": 200, "type": "string"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"client-classes": [
                {"name": "a", "option-def": [{"name": "x", "code": 224, "space": "y", "type": "string"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"client-classes": [
                {"name": "a", "option-def": [{"name": "x", "code": 43, "type": "string"}]},
                {"name": "b", "option-def": [{"name": "x", "code": 254, "type": "string"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for class in review.classes() {
        for definition in class.maps("option-def") {
            let Some(code) = definition.get("code").and_then(|code| Some((code, code.as_int()?))) else {
                continue;
            };
            let space = definition.text("space");
            let space = space.as_deref().unwrap_or_else(|| review.family.service());
            if space == "dhcp4" && matches!(code.1, 43 | 224..=254) {
                continue;
            }
            let message = format!("a class cannot define option {} of space `{space}`", code.1);
            out.push(RULE.at(code.0, message).help("move the definition to the global `option-def`"));
        }
    }
}
