//! `client-class/duplicate`

use crate::{
    json::Element,
    rules::{Example, Findings, Review, rule},
};
use std::{borrow::Cow, collections::BTreeMap};

rule! {
    /// Two client classes have the same name.
    ///
    /// ## Why
    /// Kea refuses the configuration. Names are case-sensitive: `a` next to `A` is fine.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "phones" }, { "name": "phones" } ] }
    /// ```
    ///
    /// ## Use instead
    /// Join the two tests with `or`.
    "client-class/duplicate", Error, arm: "classify.html#defining-client-classes", check,
    bad: [Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a"}, {"name": "a"}]}}"#)],
    good: [Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a"}, {"name": "A"}]}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let mut seen: BTreeMap<Cow<'_, str>, Element<'_>> = BTreeMap::new();
    for class in review.classes() {
        let Some((name, value)) = class.get("name").and_then(|name| Some((name.as_str()?, name))) else {
            continue;
        };
        if let Some(first) = seen.get(&name) {
            let message = format!("class `{name}` is already defined");
            let help = "rename one of the two, or join their tests with `or`";
            out.push(RULE.at(value, message).related(*first, "the first one").help(help));
        } else {
            seen.insert(name, value);
        }
    }
}
