//! `client-class/special-character`

use crate::{
    KeaVersion,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// A client class's name has a character that Kea escapes in the names of classes that it makes up.
    ///
    /// ## Why
    /// Since 3.3.0 Kea writes the names of spawned classes with `%` and two digits in place of every character but letters,
    /// digits and `!#$%&*+-./:?@^_|~`, and says at every start that such a name may be refused one day.
    ///
    /// ## Use instead
    /// A name of those characters, such as `desk-phones` in place of `desk phones`.
    "client-class/special-character", Hint, arm: "classify.html#configuring-classes", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "desk phones", "test": "option[60].exists"}]}}"#).from(3, 3, 0),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "desk-phones", "test": "option[60].exists"}]}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "desk phones", "test": "option[60].exists"}]}}"#).before(3, 3, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.version < KeaVersion::new(3, 3, 0) {
        return;
    }
    for class in review.classes() {
        let Some(value) = class.get("name") else { continue };
        let Some(name) = value.as_str() else { continue };
        if let Some(c) = name.chars().find(|c| !is_plain(*c)) {
            let message = format!("the name has a character that Kea escapes: `{}`", c.escape_default());
            out.push(RULE.at(value, message).help("use letters, digits, `-` and `_`"));
        }
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&*+-./:?@^_|~".contains(c)
}
