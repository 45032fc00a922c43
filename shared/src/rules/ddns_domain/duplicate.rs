//! `ddns-domain/duplicate`

use super::lists;
use crate::rules::{Example, Findings, Plain, rule, services::elsewhere};
use std::collections::HashMap;

rule! {
    /// Two domains of one list have the same name.
    ///
    /// ## Why
    /// Kea refuses the configuration. Names are compared letter by letter.
    "ddns-domain/duplicate", Error, arm: "ddns.html#forward-ddns", elsewhere,
    bad: [
        Example::new(
            r#"{"DhcpDdns": {"forward-ddns": {"ddns-domains": [
                {"name": "example.org.", "dns-servers": [{"ip-address": "192.0.2.1"}]},
                {"name": "example.org.", "dns-servers": [{"ip-address": "192.0.2.2"}]}]}}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"DhcpDdns": {"forward-ddns": {"ddns-domains": [
                {"name": "example.org.", "dns-servers": [{"ip-address": "192.0.2.1"}]},
                {"name": "lab.example.org.", "dns-servers": [{"ip-address": "192.0.2.2"}]}]}}}"#,
        ),
    ],
}

pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    for list in lists(ddns) {
        let mut seen = HashMap::new();
        for value in list.into_iter().filter_map(|domain| domain.get("name")) {
            let Some(name) = value.as_str() else { continue };
            if let Some(first) = seen.insert(name.clone(), value) {
                let finding = RULE.at(value, format!("there is a domain `{name}` already"));
                out.push(finding.related(first, "the other one").help("put the servers of both into one"));
            }
        }
    }
}
