//! `class-list/empty-name`

use super::guarded;
use crate::{
    json::Kind,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A list of client classes has an entry that is no name.
    ///
    /// ## Why
    /// Kea refuses it. Only a single `client-class` may be empty.
    "class-list/empty-name", Error, arm: "dhcp4-srv.html#client-classification-in-dhcpv4", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "require-client-classes": [""]}]}}"#,
        ),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "client-classes": [""]}]}}"#).from(3, 0, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "client-class": "", "require-client-classes": ["a"]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let keys: &[Key] = if review.objects.before(2, 7, 5) {
        &[Key::RequireClientClasses]
    } else {
        &[Key::RequireClientClasses, Key::ClientClasses, Key::EvaluateAdditionalClasses]
    };
    for object in guarded(&review.objects).filter(|object| object.has_any(keys)) {
        for element in keys.iter().flat_map(|key| object.list(*key)) {
            let is_name =
                element.kind() == Kind::String && element.as_str().is_some_and(|name| !name.is_empty());
            if !is_name {
                out.push(
                    RULE.at(element, "this is no name of a class").help("write a class's name, or remove it"),
                );
            }
        }
    }
}
