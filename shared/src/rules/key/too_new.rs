//! `key/too-new`

use super::{on_the_walk, shown};
use crate::{
    diagnostic::Readers,
    rules::{
        Example, Finding, rule,
        shape::{Member, Shape},
    },
    schema::Row,
};

rule! {
    /// An object has a key that only newer versions of Kea know.
    ///
    /// ## Why
    /// This Kea refuses the file. Over the control channel it refuses the key too, or ignores it without a word: a
    /// class that shall be evaluated on demand only is then evaluated for every packet.
    ///
    /// ## Use instead
    /// What this version has for the purpose, or a newer Kea.
    "key/too-new", Error, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "late", "only-in-additional-list": true}]}}"#)
            .before(2, 7, 4),
        Example::new(r#"{"Dhcp4": {"ddns-ttl": 300}}"#).before(2, 7, 6),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "late", "only-if-required": true}]}}"#),
        Example::new(r#"{"Dhcp4": {"ddns-ttl": 300}}"#).from(2, 7, 6),
    ],
}

pub(in crate::rules) fn finding(
    shape: &Shape<'_>,
    member: Member<'_>,
    row: &Row,
    refused_by: Readers,
) -> Finding {
    let since = row.since().map(|version| version.to_string()).unwrap_or_default();
    let message = format!(
        "{} is a key of {} since Kea {since}; Kea {} does not know it",
        shown(member.value),
        member.object.phrase(),
        shape.version
    );
    let finding = RULE.at_key(member.value, message).refused_by(refused_by);
    let mut older = shape.schema.rows(member.object).filter(|old| old.now() == row.key());
    match older.next() {
        Some(old) => {
            let finding = finding.help(format!("use `{}`", old.key()));
            let fits = old.file == row.file && member.map.get(old.key()).is_none();
            if fits {
                finding.fix(format!("rename it to `{}`", old.key()), member.value.rename(old.key()))
            } else {
                finding
            }
        }
        None => finding.help("take it out, or check for a newer Kea"),
    }
}
