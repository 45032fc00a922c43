//! `dns-server/invalid-address`

use super::servers;
use crate::{
    KeaVersion,
    rules::{Example, Findings, Plain, rule, services::elsewhere},
};
use std::net::IpAddr;

rule! {
    /// The address of a DNS server, or the one on which the DNS updater listens, is none.
    ///
    /// ## Why
    /// Kea refuses the configuration. Kea 2.2 does not listen on `0.0.0.0` and `::` either.
    "dns-server/invalid-address", Error, arm: "ddns.html#configuring-the-dhcp-ddns-server", elsewhere,
    bad: [
        Example::new(
            r#"{"DhcpDdns": {"forward-ddns": {"ddns-domains": [
                {"name": "example.org.", "dns-servers": [{"ip-address": "ns.example.org"}]}]}}}"#,
        ),
        Example::new(r#"{"DhcpDdns": {"ip-address": "localhost"}}"#),
        Example::new(r#"{"DhcpDdns": {"ip-address": "0.0.0.0"}}"#).before(2, 4, 0),
    ],
    good: [
        Example::new(
            r#"{"DhcpDdns": {"ip-address": "127.0.0.1", "forward-ddns": {"ddns-domains": [
                {"name": "example.org.", "dns-servers": [{"ip-address": "2001:db8::53"}]}]}}}"#,
        ),
        Example::new(r#"{"DhcpDdns": {"ip-address": "0.0.0.0"}}"#).from(2, 4, 0),
    ],
}

pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    let own = ddns.root.get("ip-address");
    let others = servers(ddns).filter_map(|server| server.get("ip-address"));
    for value in own.into_iter().chain(others) {
        let Some(text) = value.as_str() else { continue };
        let is_own = own.is_some_and(|own| own.id() == value.id());
        let problem = match text.parse::<IpAddr>() {
            Err(_) if text.is_empty() && !is_own => continue,
            Err(_) => "is no IP address",
            Ok(address) if is_own && address.is_unspecified() && ddns.version < KeaVersion::new(2, 4, 0) => {
                "is no address to listen on"
            }
            Ok(_) => continue,
        };
        let finding = RULE.at(value, format!("`{text}` {problem}"));
        out.push(finding.help("write an address such as `127.0.0.1` or `::1`"));
    }
}
