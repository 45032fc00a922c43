//! `tsig-key/duplicate`

use crate::rules::{Example, Findings, Plain, rule, services::elsewhere};
use std::collections::HashMap;

rule! {
    /// Two keys have one name.
    ///
    /// ## Why
    /// Kea refuses the configuration. Names are compared letter by letter: `a` and `A` are two.
    "tsig-key/duplicate", Error, arm: "ddns.html#tsig-key-list", elsewhere,
    bad: [
        Example::new(
            r#"{"DhcpDdns": {"tsig-keys": [{"name": "a", "algorithm": "HMAC-MD5", "secret": "LSWXnfkKZjdPJI5QxlpnfQ=="},
                {"name": "a", "algorithm": "HMAC-SHA256", "secret": "LSWXnfkKZjdPJI5QxlpnfQ=="}]}}"#,
        ).before(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"DhcpDdns": {"tsig-keys": [{"name": "a", "algorithm": "HMAC-MD5", "secret": "LSWXnfkKZjdPJI5QxlpnfQ=="},
                {"name": "b", "algorithm": "HMAC-MD5", "secret": "LSWXnfkKZjdPJI5QxlpnfQ=="}]}}"#,
        ).before(3, 1, 0),
    ],
}

pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    let mut seen = HashMap::new();
    for value in ddns.root.maps("tsig-keys").filter_map(|key| key.get("name")) {
        let Some(name) = value.as_str() else { continue };
        if let Some(first) = seen.insert(name.clone(), value) {
            let finding = RULE.at(value, format!("there is a key `{name}` already"));
            out.push(finding.related(first, "the other one").help("rename one of them"));
        }
    }
}
