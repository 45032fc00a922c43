//! `json/escaped-key`

use crate::{
    diagnostic::Readers,
    json::{Element, TextEdit},
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// One of Kea's keys is written with escapes.
    ///
    /// ## Why
    /// Kea's reader of files compares keys letter by letter before it resolves escapes, so `"pool\u0073"` is an unknown
    /// key to it. In a `user-context` and in a hook's `parameters` escapes are fine.
    ///
    /// ## Use instead
    /// Write the key without escapes.
    "json/escaped-key", Error, arm: "config.html#json-syntax", check,
    bad: [Example::new(r#"{"Dhcp4": {"valid-\u006cifetime": 3600}}"#)],
    good: [Example::new(r#"{"Dhcp4": {"user-context": {"valid-\u006cifetime": 3600}}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let document = review.root.document();
    for member in document.escaped_keys().filter(|member| !is_free(*member)) {
        let (Some(key), Some(span)) = (member.key(), member.key_span()) else { continue };
        let message = format!("Kea does not know this key: `{key}` is written with an escape");
        let finding = RULE.at_key(member, message).refused_by(Readers::FILE);
        let edit = TextEdit::replace(span, serde_json::Value::from(key.as_ref()).to_string());
        out.push(finding.help("write it without").fix(format!("write `{key}`"), vec![edit]));
    }
}

/// Whether a member is in a map whose keys are the operator's own.
fn is_free(member: Element<'_>) -> bool {
    let mut here = member;
    while let Some(parent) = here.parent() {
        if parent.has_key("user-context") || parent.has_key("parameters") {
            return true;
        }
        here = parent;
    }
    false
}
