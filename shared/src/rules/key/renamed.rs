//! `key/renamed`

use super::{on_the_walk, shown, successor};
use crate::{
    diagnostic::Readers,
    rules::{
        Example, Finding, rule,
        shape::{Member, Shape},
    },
    schema::Row,
};

rule! {
    /// An object has a key that goes by another name in this version of Kea.
    ///
    /// ## Why
    /// Kea refuses the configuration; after an upgrade the daemon does not start. Kea reads a few old names from
    /// files still, but never over the control channel.
    ///
    /// ## Use instead
    /// The new name. `reservation-mode` became three flags, and `ip-address` of a relay the list `ip-addresses`.
    "key/renamed", Error, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"reservation-mode": "out-of-pool"}}"#).from(2, 6, 0),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "relay": {"ip-address": "192.0.2.1"}}]}}"#,
        ).from(2, 6, 0),
        Example::new(r#"{"Dhcp4": {"ddns-use-conflict-resolution": false}}"#).from(2, 5, 0),
        Example::new(r#"{"Dhcp4": {"dhcp-ddns": {"enable-updates": true, "override-no-update": true}}}"#).from(2, 6, 0),
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": "kea4.sock"}}}"#)
            .from(3, 3, 1),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"reservations-global": false, "reservations-out-of-pool": true}}"#),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "relay": {"ip-addresses": ["192.0.2.1"]}}]}}"#,
        ),
        Example::new(r#"{"Dhcp4": {"ddns-use-conflict-resolution": false}}"#).before(2, 5, 0),
        Example::new(r#"{"Dhcp4": {"ddns-override-no-update": true}}"#),
        Example::new(r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock"}]}}"#)
            .from(3, 3, 1),
    ],
}

pub(in crate::rules) fn finding(
    shape: &Shape<'_>,
    member: Member<'_>,
    row: &Row,
    refused_by: Readers,
) -> Finding {
    let names = successor::names(member, row);
    let message = match row.before() {
        Some(before) => format!("{} is {names} since Kea {before}", shown(member.value)),
        None => format!("{} is {names}; only from files Kea reads the old name", shown(member.value)),
    };
    let finding = RULE.at_key(member.value, message).refused_by(refused_by).help(format!("use {names}"));
    match successor::edits(shape, member, row) {
        Some(edits) => finding.fix(format!("use {names}"), edits),
        None => finding,
    }
}
