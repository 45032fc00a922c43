//! `client-class/both-lists`

use super::ADDITIONAL_LISTS;
use crate::{
    json::TextEdit,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// A client class has both `only-if-required` and its new name.
    ///
    /// ## Why
    /// Kea refuses the configuration, whatever the values are. `only-in-additional-list` is what `only-if-required` is
    /// called since 2.7.4.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "only-if-required": true, "only-in-additional-list": true } ] }
    /// ```
    ///
    /// ## Use instead
    /// Only `only-in-additional-list`.
    "client-class/both-lists", Error, arm: "classify.html#additional-classification", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"client-classes": [
                {"name": "a", "only-if-required": true, "only-in-additional-list": true}]}}"#,
        )
        .from(2, 7, 4),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "evaluate-additional-classes": ["a"]}],
                "client-classes": [{"name": "a", "only-in-additional-list": true}]}}"#,
        )
        .from(2, 7, 4),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.version < ADDITIONAL_LISTS {
        return;
    }
    for class in review.classes() {
        let (Some(old), Some(new)) = (class.get("only-if-required"), class.get("only-in-additional-list"))
        else {
            continue;
        };
        let message =
            "`only-if-required` is the old name of `only-in-additional-list`: both together are refused";
        let mut found =
            RULE.at_key(old, message).related(new, "the new name").help("take `only-if-required` away");
        if let Some(edit) = without(review.root.document().text(), old.key_span(), old.span().end) {
            found = found.fix("take `only-if-required` away", vec![edit]);
        }
        out.push(found);
    }
}

/// Takes a member away that has another behind it, with the comma between them.
fn without(text: &str, key: Option<std::ops::Range<usize>>, end: usize) -> Option<TextEdit> {
    let behind = text.get(end..)?;
    let comma = behind.len() - behind.trim_start_matches([' ', '\t', '\r', '\n']).strip_prefix(',')?.len();
    let rest = behind.get(comma..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    let next_is_key = rest.get(blanks..)?.starts_with('"');
    let blanks = if next_is_key { blanks } else { 0 };
    Some(TextEdit { span: key?.start..end + comma + blanks, text: String::new() })
}
