//! `key/file-only`

use super::{on_the_walk, shown};
use crate::{
    diagnostic::Readers,
    json::Kind,
    rules::{Example, Finding, rule, shape::Member},
};

rule! {
    /// An object has a `comment` where only files may have one.
    ///
    /// ## Why
    /// The reader of files turns `comment` into the `comment` of `user-context`. Over the control channel nobody
    /// does: at the global level, in `interfaces-config` and in reservations Kea refuses the key.
    ///
    /// ## Use instead
    /// `"user-context": {"comment": "…"}` says the same to both readers.
    "key/file-only", Error, arm: "config.html#comments-and-user-context", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"comment": "the branch office"}}"#),
        Example::new(r#"{"Dhcp6": {"interfaces-config": {"interfaces": [], "comment": "none yet"}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"user-context": {"comment": "the branch office"}}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a", "comment": "here both readers take it"}]}}"#),
    ],
}

pub(in crate::rules) fn finding(member: Member<'_>) -> Finding {
    let message = format!("{} is for files only: over the API Kea refuses it here", shown(member.value));
    let finding = RULE.at_key(member.value, message).refused_by(Readers::API);
    let finding = finding.help("put it into `user-context`");
    let value = member.value;
    match member.map.get("user-context") {
        None => {
            let text = format!("{{ \"comment\": {} }}", value.source());
            finding.fix(
                "put it into `user-context`",
                [value.rename("user-context"), value.replace_text(text)].concat(),
            )
        }
        Some(context) if context.kind() == Kind::Map && context.get("comment").is_none() => {
            let edits = [value.remove(), context.insert("comment", &value.to_value())].concat();
            finding.fix("put it into `user-context`", edits)
        }
        Some(_) => finding,
    }
}
