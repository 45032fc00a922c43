//! `interface/duplicate`

use super::{entries, parts};
use crate::{
    Family,
    json::Element,
    rules::{Example, Findings, Review, rule},
};
use std::collections::HashMap;

rule! {
    /// An interface, or one of its addresses, is listed twice.
    ///
    /// ## Why
    /// Kea refuses the configuration. A DHCPv4 daemon listens on the interface or on some of its addresses, so the
    /// interface alone and with an address exclude each other too; a DHCPv6 daemon takes both.
    "interface/duplicate", Error, arm: "dhcp4-srv.html#interface-configuration", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"interfaces-config": {"interfaces": ["lo", "lo"]}}}"#),
        Example::new(r#"{"Dhcp4": {"interfaces-config": {"interfaces": ["lo", "lo/127.0.0.1"]}}}"#),
        Example::new(r#"{"Dhcp6": {"interfaces-config": {"interfaces": ["*", "*"]}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"interfaces-config": {"interfaces": ["*", "lo"]}}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let all = entries(review);
    let mut seen: HashMap<(&str, Option<&str>), Element<'_>> = HashMap::new();
    let mut names: HashMap<&str, Element<'_>> = HashMap::new();
    for (entry, text) in &all {
        let (name, address) = parts(text);
        let exact = seen.insert((name, address), *entry);
        let other = names.insert(name, *entry).filter(|_| review.family == Family::V4);
        let other = other.filter(|_| address.is_none() || seen.contains_key(&(name, None)));
        if let Some(first) = exact.or(other) {
            let message = format!("`{text}` is listed already");
            let finding = RULE.at(*entry, message).related(first, "the first one");
            out.push(finding.help("list it once").fix("take it out", entry.remove()));
        }
    }
}
