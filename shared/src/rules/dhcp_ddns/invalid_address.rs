//! `dhcp-ddns/invalid-address`

use crate::rules::{Example, Findings, Review, rule};
use std::net::IpAddr;

rule! {
    /// `server-ip` or `sender-ip` is no IP address.
    ///
    /// ## Why
    /// Kea looks no names up: it refuses the configuration, also while `enable-updates` is false.
    "dhcp-ddns/invalid-address", Error, arm: "dhcp4-srv.html#dhcpv4-d2-io-config", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"dhcp-ddns": {"enable-updates": false, "server-ip": "localhost"}}}"#),
        Example::new(r#"{"Dhcp6": {"dhcp-ddns": {"enable-updates": true, "sender-ip": "192.0.2"}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"dhcp-ddns": {"enable-updates": false, "server-ip": "127.0.0.1"}}}"#),
        Example::new(r#"{"Dhcp6": {"dhcp-ddns": {"enable-updates": true, "sender-ip": ""}}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let Some(ddns) = review.root.get("dhcp-ddns") else { return };
    for value in ["server-ip", "sender-ip"].into_iter().filter_map(|key| ddns.get(key)) {
        let Some(text) = value.as_str().filter(|text| !text.is_empty() && text.parse::<IpAddr>().is_err())
        else {
            continue;
        };
        let finding = RULE.at(value, format!("`{text}` is no IP address"));
        out.push(finding.help("write an address, such as `127.0.0.1`"));
    }
}
