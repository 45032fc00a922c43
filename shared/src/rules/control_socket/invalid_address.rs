//! `control-socket/invalid-address`

use super::{is_http, sockets};
use crate::rules::{Example, Findings, Plain, Review, rule};
use std::net::IpAddr;

rule! {
    /// The address of an HTTP control socket is no IP address.
    ///
    /// ## Why
    /// Kea looks no names up here: it refuses the configuration.
    ///
    /// ## Use instead
    /// An address of this machine, such as `127.0.0.1` or `::1`.
    "control-socket/invalid-address", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "localhost", "socket-port": 8004}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "::1", "socket-port": 8004}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    for socket in sockets(daemon).into_iter().filter(|socket| is_http(*socket)) {
        let Some(value) = socket.get("socket-address") else { continue };
        let Some(text) = value.as_str().filter(|text| text.parse::<IpAddr>().is_err()) else { continue };
        let finding = RULE.at(value, format!("`{text}` is no IP address"));
        out.push(finding.help("write an address of this machine, such as `127.0.0.1`"));
    }
}
