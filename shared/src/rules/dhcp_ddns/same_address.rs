//! `dhcp-ddns/same-address`

use crate::{
    json::Element,
    rules::{Example, Findings, Review, rule},
};
use std::net::IpAddr;

rule! {
    /// The daemon shall send its DNS requests from an address to the same address, or from one family to the other.
    ///
    /// ## Why
    /// Kea refuses the configuration. Without `sender-ip` it sends from any address of the family of `server-ip`;
    /// without `server-ip` it sends to 127.0.0.1, and without `server-port` to port 53001.
    "dhcp-ddns/same-address", Error, arm: "dhcp4-srv.html#dhcpv4-d2-io-config", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"dhcp-ddns": {"enable-updates": true, "server-ip": "::1", "sender-ip": "127.0.0.1"}}}"#),
        Example::new(
            r#"{"Dhcp6": {"dhcp-ddns": {"enable-updates": true, "sender-ip": "127.0.0.1", "sender-port": 53001}}}"#,
        ),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"dhcp-ddns": {"enable-updates": true, "server-ip": "::1", "sender-ip": "::1"}}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let Some(ddns) = review.root.get("dhcp-ddns") else { return };
    if let Some(message) = problem(ddns) {
        let at = ddns.get("sender-ip").or_else(|| ddns.get("sender-port")).or_else(|| ddns.get("server-ip"));
        out.push(
            RULE.at(at.unwrap_or(ddns), message)
                .help("take `sender-ip` and `sender-port` out: Kea chooses them"),
        );
    }
}

fn problem(ddns: Element<'_>) -> Option<String> {
    let address = |key: &str, default: &str| -> Option<IpAddr> {
        let text = ddns.text(key).filter(|text| !text.is_empty());
        text.as_deref().unwrap_or(default).parse().ok()
    };
    let server = address("server-ip", "127.0.0.1")?;
    let sender = address("sender-ip", if server.is_ipv4() { "0.0.0.0" } else { "::" })?;
    if server.is_ipv4() != sender.is_ipv4() {
        return Some(format!("`{sender}` cannot send to `{server}`, which is of the other family"));
    }
    let port = |key: &str, default: i64| if ddns.get(key).is_some() { ddns.int(key) } else { Some(default) };
    let (to, from) = (port("server-port", 53001)?, port("sender-port", 0)?);
    (server == sender && to == from)
        .then(|| format!("the daemon would send to itself: `{server}`, port {to}"))
}
