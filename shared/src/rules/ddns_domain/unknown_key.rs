//! `ddns-domain/unknown-key`

use super::lists;
use crate::rules::{Example, Findings, Plain, rule, services::elsewhere};
use std::collections::HashSet;

rule! {
    /// A domain or a DNS server names a key that is not defined.
    ///
    /// ## Why
    /// Kea refuses the configuration. Names are compared letter by letter.
    "ddns-domain/unknown-key", Error, arm: "ddns.html#forward-ddns", elsewhere,
    bad: [
        Example::new(
            r#"{"DhcpDdns": {"forward-ddns": {"ddns-domains": [
                {"name": "example.org.", "key-name": "a", "dns-servers": [{"ip-address": "192.0.2.1"}]}]}}}"#,
        ),
        Example::new(
            r#"{"DhcpDdns": {"reverse-ddns": {"ddns-domains": [
                {"name": "2.0.192.in-addr.arpa.", "dns-servers": [{"ip-address": "192.0.2.1", "key-name": "a"}]}]}}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"DhcpDdns": {"forward-ddns": {"ddns-domains": [
                {"name": "example.org.", "key-name": "", "dns-servers": [{"ip-address": "192.0.2.1"}]}]}}}"#,
        ),
        Example::new(
            r#"{"DhcpDdns": {"tsig-keys": [{"name": "a", "algorithm": "HMAC-MD5", "secret": "LSWXnfkKZjdPJI5QxlpnfQ=="}],
                "forward-ddns": {"ddns-domains": [
                    {"name": "example.org.", "key-name": "a", "dns-servers": [{"ip-address": "192.0.2.1"}]}]}}}"#,
        ).before(3, 1, 0),
    ],
}

pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    let keys: HashSet<_> = ddns.root.maps("tsig-keys").filter_map(|key| key.text("name")).collect();
    for domain in lists(ddns).flatten() {
        for owner in [domain].into_iter().chain(domain.maps("dns-servers")) {
            let Some(value) = owner.get("key-name") else { continue };
            let Some(name) = value.as_str().filter(|name| !name.is_empty()) else { continue };
            if !keys.contains(&name) {
                let finding = RULE.at(value, format!("no key is called `{name}`"));
                out.push(finding.help("define it in `tsig-keys`, or write the name of one that is there"));
            }
        }
    }
}
