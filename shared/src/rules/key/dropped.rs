//! `key/dropped`

use super::{advice, on_the_walk, shown};
use crate::{
    diagnostic::Readers,
    rules::{
        Example, Finding, rule,
        shape::{Free, Member, Shape},
    },
};

rule! {
    /// An object has a key that Kea does not know, where only the reader of files says so.
    ///
    /// ## Why
    /// `kea-dhcp4 -t` and the daemon's start refuse the file. Over the control channel Kea takes the configuration
    /// and does not do what the key says; in some objects it keeps the key, writes it into the file with
    /// `config-write`, and cannot start from that file any more.
    ///
    /// ## Use instead
    /// The key that was meant. What Kea shall only keep belongs into `user-context`.
    "key/dropped", Error, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "phones", "description": "desk phones"}]}}"#),
        Example::new(r#"{"Dhcp6": {"multi-threading": {"enable-multi-threading": true, "threads": 4}}}"#),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "phones", "user-context": {"description": "desk phones"}}]}}"#,
        ),
    ],
}

pub(in crate::rules) fn finding(
    shape: &Shape<'_>,
    member: Member<'_>,
    key: &str,
    free: &mut Free<'_>,
) -> Finding {
    let (help, known) = advice(shape, key, free);
    let message = format!(
        "{} is no key of {}: over the API Kea ignores it, in a file Kea refuses it",
        shown(member.value),
        member.object.phrase()
    );
    let finding = RULE.at_key(member.value, message).help(help).refused_by(Readers::FILE);
    match known {
        Some(known) => finding.fix(format!("rename it to `{known}`"), member.value.rename(known)),
        None => finding.fix("take it out", member.value.remove()),
    }
}
