//! `key/unknown`

use super::{advice, on_the_walk, shown};
use crate::rules::{
    Example, Finding, rule,
    shape::{Free, Member, Shape},
};

rule! {
    /// An object has a key that Kea does not know.
    ///
    /// ## Why
    /// Kea refuses the configuration. Keys are case-sensitive and belong to objects: what a subnet knows, a pool may
    /// not know.
    ///
    /// ## Use instead
    /// The key that was meant. What Kea shall only keep, such as a note of your own, belongs into `user-context`.
    "key/unknown", Error, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"valid-liftime": 3600}}"#),
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "next-server": "192.0.2.1"}]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600}}"#),
        Example::new(r#"{"Dhcp4": {"user-context": {"valid-liftime": 3600}}}"#),
    ],
}

pub(in crate::rules) fn finding(
    shape: &Shape<'_>,
    member: Member<'_>,
    key: &str,
    free: &mut Free<'_>,
) -> Finding {
    let (help, known) = advice(shape, key, free);
    let message = format!("{} is no key of {}", shown(member.value), member.object.phrase());
    let finding = RULE.at_key(member.value, message).help(help);
    match known {
        Some(known) => finding.fix(format!("rename it to `{known}`"), member.value.rename(known)),
        None => finding,
    }
}
