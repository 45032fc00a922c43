//! `client-class/built-in`

use super::{ADDITIONAL_LISTS, TEMPLATES};
use crate::{
    KeaVersion,
    expr::BUILT_IN,
    json::Element,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// A built-in class is given a test, or left to additional lists.
    ///
    /// ## Why
    /// Kea refuses the configuration. It decides itself who is in `ALL`, `KNOWN`, `UNKNOWN` and `BOOTP`; their
    /// definition can only carry options and parameters. `DROP` may have a test, but is always evaluated.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "ALL", "test": "option[60].exists" } ] }
    /// ```
    ///
    /// ## Use instead
    /// Another name.
    "client-class/built-in", Error, arm: "classify.html#built-in-client-classes", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "ALL", "test": "option[60].exists"}]}}"#),
        Example::new(r#"{"Dhcp6": {"client-classes": [{"name": "KNOWN", "only-if-required": true}]}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "DROP", "only-if-required": true}]}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "DROP", "only-in-additional-list": true}]}}"#)
            .from(2, 7, 4),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "BOOTP", "template-test": "'a'"}]}}"#).from(2, 3, 2),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "ALL", "option-data": [{"code": 3, "data": "192.0.2.1"}]}]}}"#,
        ),
        Example::new(r#"{"Dhcp6": {"client-classes": [{"name": "KNOWN", "only-if-required": false}]}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "DROP", "test": "option[60].exists"}]}}"#),
    ],
}

/// The first Kea that has the class `REJECT`.
const REJECT: KeaVersion = KeaVersion::new(3, 2, 0);

fn check(review: &Review<'_>, out: &mut Findings) {
    for class in review.classes() {
        let Some(name) = class.text("name") else { continue };
        let built_in = BUILT_IN.contains(&name.as_ref());
        let special = name == "DROP" || name == "REJECT" && review.version >= REJECT;
        if built_in {
            tested(review.version, class, &name, out);
        }
        if built_in || special {
            additional(review.version, class, &name, out);
        }
    }
}

fn tested(version: KeaVersion, class: Element<'_>, name: &str, out: &mut Findings) {
    let template = class.get("template-test").filter(|_| version >= TEMPLATES);
    if let Some(test) =
        class.get("test").or(template).filter(|test| test.as_str().is_some_and(|text| !text.is_empty()))
    {
        let message = format!("the built-in class `{name}` cannot have a test");
        out.push(RULE.at(test, message).help("rename the class, or take the test away"));
    }
}

fn additional(version: KeaVersion, class: Element<'_>, name: &str, out: &mut Findings) {
    let new = class.get("only-in-additional-list").filter(|_| version >= ADDITIONAL_LISTS);
    for flag in [new, class.get("only-if-required")].into_iter().flatten() {
        if flag.as_bool() == Some(true) {
            let key = flag.key().unwrap_or_default();
            let message = format!("the class `{name}` is always evaluated: `{key}` cannot be true");
            out.push(RULE.at(flag, message).help(format!("take `{key}` away")));
        }
    }
}
