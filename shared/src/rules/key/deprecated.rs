//! `key/deprecated`

use super::{on_the_walk, shown, successor};
use crate::{
    rules::{
        Example, Finding, rule,
        shape::{Member, Shape},
    },
    schema::Row,
};

rule! {
    /// An object has a key that this version of Kea reads still, but by a new name too.
    ///
    /// ## Why
    /// A coming Kea drops the old name and refuses the configuration then.
    ///
    /// ## Use instead
    /// The new name.
    "key/deprecated", Hint, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "late", "only-if-required": true}]}}"#).from(2, 7, 4),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "client-class": "phones"}]}}"#,
        ).from(2, 7, 5),
        Example::new(r#"{"Dhcp4": {"reservation-mode": "global"}}"#).before(2, 6, 0),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "late", "only-in-additional-list": true}]}}"#)
            .from(2, 7, 4),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "client-class": "phones"}]}}"#,
        ).before(2, 7, 5),
        Example::new(r#"{"Dhcp4": {"reservations-global": true, "reservations-in-subnet": false}}"#),
    ],
}

pub(super) fn finding(shape: &Shape<'_>, member: Member<'_>, row: &Row) -> Finding {
    let names = successor::names(member, row);
    let message = format!("{} is deprecated: a coming Kea knows {names} only", shown(member.value));
    let finding = RULE.at_key(member.value, message).help(format!("use {names}"));
    match successor::edits(shape, member, row) {
        Some(edits) => finding.fix(format!("use {names}"), edits),
        None => finding,
    }
}
