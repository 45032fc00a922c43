//! `key/duplicate-meaning`

use super::{deprecated, on_the_walk, shown, successor};
use crate::{
    KeaVersion,
    diagnostic::Readers,
    rules::{
        Example, Findings, rule,
        shape::{Member, Shape},
    },
    schema::Row,
};

rule! {
    /// An object says the same twice: by an old and a new name, or by `comment` and the `comment` of `user-context`.
    ///
    /// ## Why
    /// Kea does not choose: it refuses the configuration.
    ///
    /// ## Use instead
    /// Keep the new name only. Keep the comment in `user-context`: over the control channel, `comment` is refused or
    /// thrown away.
    "key/duplicate-meaning", Error, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"reservation-mode": "all", "reservations-global": false}}"#).before(2, 6, 0),
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "a", "user-context": {"comment": "x"}, "comment": "y"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"hosts-database": {"type": "mysql", "name": "a"}, "hosts-databases": [{"type": "mysql", "name": "b"}]}}"#,
        ).from(3, 3, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "client-classes": ["a"]}]}}"#,
        ).from(2, 7, 5),
        Example::new(
            r#"{"Dhcp4": {"hosts-database": {"type": "mysql", "name": "a"}, "hosts-databases": [{"type": "mysql", "name": "b"}]}}"#,
        ).before(3, 3, 0),
        Example::new(
            r#"{"Dhcp4": {"client-classes": [{"name": "a", "user-context": {"comment": "x"}}]}}"#,
        ),
    ],
}

/// Looks for the new name of a key that has one, beside it.
pub(in crate::rules) fn check(shape: &Shape<'_>, member: Member<'_>, row: &Row, out: &mut Findings) {
    let (object, mut keys) = successor::keys(member, row);
    let other = keys.find_map(|key| member.map.get(key)).filter(|_| object == member.object);
    let refused_by = match row.key() {
        "control-socket" | "output_options" => Readers::FILE,
        // Since 3.3.0 Kea chooses no more between these two.
        "hosts-database" if shape.version >= KeaVersion::new(3, 3, 0) => Readers::BOTH,
        // Kea takes both of the first; the others have rules of their own.
        "hosts-database" | "only-if-required" | "client-class" | "require-client-classes" | "ip-address" => {
            Readers::NONE
        }
        _ => Readers::BOTH,
    };
    if let Some(other) = other.filter(|_| !refused_by.is_none() && successor::is_known(shape, member, row)) {
        let message = format!("{} and {} say the same", shown(member.value), shown(other));
        let finding =
            RULE.at_key(member.value, message).related(other, "the other one").refused_by(refused_by);
        out.push(
            finding.help(format!("keep {} only", shown(other))).fix("take it out", member.value.remove()),
        );
    } else if !row.kea.is_none() && successor::is_known(shape, member, row) {
        out.push(deprecated::finding(shape, member, row));
    }
}

/// Looks for the `comment` of `user-context` before a `comment`. In the other order Kea takes both.
pub(in crate::rules) fn comment(member: Member<'_>, out: &mut Findings) {
    let context = member.map.children().take_while(|other| other.id() < member.value.id());
    let context = context.filter(|other| other.has_key("user-context")).last();
    if let Some(other) = context.and_then(|context| context.get("comment")) {
        let finding = RULE.at_key(member.value, "`user-context` has a `comment` already");
        let finding = finding.related(other, "the other one").refused_by(Readers::FILE);
        out.push(
            finding.help("keep the one in `user-context` only").fix("take it out", member.value.remove()),
        );
    }
}
