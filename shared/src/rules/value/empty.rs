//! `value/empty`

use super::{name, on_the_walk};
use crate::{
    diagnostic::Readers,
    json::{Element, Kind},
    rules::{Example, Finding, rule},
};

rule! {
    /// A map, a list or a text is empty where Kea wants something in it.
    ///
    /// ## Why
    /// Kea refuses the configuration. For most maps and lists only the reader of files does: a program that writes
    /// `"multi-threading": {}` over the control channel leaves a file behind from which the daemon does not start.
    ///
    /// ## Use instead
    /// Take the key out: that is what an empty map or list would mean.
    "value/empty", Error, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"interfaces-config": {}, "valid-lifetime": 4000}}"#),
        Example::new(r#"{"Dhcp6": {"loggers": [], "valid-lifetime": 4000}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": [], "valid-lifetime": 4000}}"#).before(3, 0, 4),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"interfaces-config": {"interfaces": []}}}"#),
        Example::new(r#"{"Dhcp6": {"loggers": [{"name": "kea-dhcp6"}]}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": []}}"#).from(3, 0, 4),
    ],
}

/// The map of the daemon itself is empty.
pub(in crate::rules) fn of_daemon(root: Element<'_>) -> Finding {
    let finding = RULE.at(root, format!("{} is an empty map", name(root))).refused_by(Readers::FILE);
    finding.help("write at least one parameter, such as `\"valid-lifetime\": 4000`")
}

pub(in crate::rules) fn finding(value: Element<'_>, refused_by: Readers) -> Finding {
    let what = match value.kind() {
        Kind::Map => "map",
        Kind::List => "list",
        _ => "text",
    };
    let message = format!("{} is an empty {what}", name(value));
    let finding = RULE.at(value, message).refused_by(refused_by);
    if what == "text" {
        finding.help("fill it in, or take it out")
    } else {
        finding.help("take it out").fix("take it out", value.remove())
    }
}
