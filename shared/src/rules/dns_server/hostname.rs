//! `dns-server/hostname`

use super::servers;
use crate::rules::{Example, Findings, Plain, rule, services::elsewhere};

rule! {
    /// A DNS server is given by its name.
    ///
    /// ## Why
    /// Kea knows the key `hostname` and refuses everything but an empty text in it: it cannot look names up.
    ///
    /// ## Use instead
    /// `ip-address`.
    "dns-server/hostname", Error, arm: "ddns.html#forward-ddns", elsewhere,
    bad: [
        Example::new(
            r#"{"DhcpDdns": {"forward-ddns": {"ddns-domains": [
                {"name": "example.org.", "dns-servers": [{"hostname": "ns", "ip-address": "192.0.2.1"}]}]}}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"DhcpDdns": {"forward-ddns": {"ddns-domains": [
                {"name": "example.org.", "dns-servers": [{"ip-address": "192.0.2.1"}]}]}}}"#,
        ),
    ],
}

pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    for server in servers(ddns) {
        let Some(value) = server.get("hostname") else { continue };
        if value.as_str().is_some_and(|name| !name.is_empty()) {
            let finding = RULE.at_key(value, "Kea does not look names up");
            let finding = finding.help("write the server's `ip-address` instead");
            let is_known = server.get("ip-address").is_some();
            out.push(if is_known { finding.fix("take it out", value.remove()) } else { finding });
        }
    }
}
