//! `value/unknown-word`

use super::{name, on_the_walk, shown};
use crate::{
    diagnostic::Readers,
    json::Element,
    rules::{Example, Finding, rule},
    schema::{Type, nearest},
};

rule! {
    /// A text is none of the words that Kea knows for the key.
    ///
    /// ## Why
    /// Kea refuses the configuration. Some keys take their words in any case from files, and only in lower case over
    /// the control channel.
    ///
    /// ## Use instead
    /// One of the words that the finding names.
    "value/unknown-word", Error, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"sanity-checks": {"lease-checks": "warning"}}}"#),
        Example::new(r#"{"Dhcp4": {"interfaces-config": {"interfaces": [], "dhcp-socket-type": "tcp"}}}"#),
        Example::new(r#"{"Dhcp6": {"host-reservation-identifiers": ["duid", "circuit-id"]}}"#),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "ddns-replace-client-name": "Never"}]}}"#,
        ),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"sanity-checks": {"lease-checks": "warn"}}}"#),
        Example::new(r#"{"Dhcp4": {"interfaces-config": {"interfaces": [], "dhcp-socket-type": "udp"}}}"#),
        Example::new(r#"{"Dhcp6": {"host-reservation-identifiers": ["duid", "hw-address"]}}"#),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "ddns-replace-client-name": "never"}]}}"#,
        ),
    ],
}

pub(in crate::rules) fn finding(value: Element<'_>, wanted: Type, refused_by: Readers) -> Finding {
    let message = match value.key() {
        Some(_) => format!("{} is no value of {}", shown(value), name(value)),
        None => format!("{} is no word that Kea knows here", shown(value)),
    };
    let finding = RULE.at(value, message).refused_by(refused_by).help(format!("use {}", wanted.phrase()));
    match value.as_str().and_then(|text| nearest(&text, wanted.words().iter().copied())) {
        Some(word) => finding.fix(format!("write `{word}`"), value.replace_text(format!("\"{word}\""))),
        None => finding,
    }
}
