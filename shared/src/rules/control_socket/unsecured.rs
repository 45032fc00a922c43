//! `control-socket/unsecured`

use super::{TLS, is_http, no_authentication, says, sockets};
use crate::rules::{Example, Findings, Plain, Review, rule};
use std::net::IpAddr;

rule! {
    /// An HTTP control socket is open to the network without authentication and without TLS.
    ///
    /// ## Why
    /// Whoever reaches it commands the daemon, and reads every password in its configuration. Kea 3.0 opens it
    /// without a word; newer versions open it where `authentication` lists no clients, and refuse it otherwise.
    ///
    /// ## Use instead
    /// `authentication` with `user-file` and `password-file`, or TLS with client certificates.
    "control-socket/unsecured", Warning, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "0.0.0.0", "socket-port": 8004}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "0.0.0.0", "socket-port": 8004,
                "authentication": {"type": "basic", "clients": [{"user": "perch", "password": "long and secret"}]}}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    for socket in sockets(daemon).into_iter().filter(|socket| is_http(*socket)) {
        let clients = socket.get("authentication").is_some_and(|auth| auth.maps("clients").next().is_some());
        let local = socket
            .text("socket-address")
            .is_none_or(|text| text.parse::<IpAddr>().map_or(true, |address| address.is_loopback()));
        let refuses = daemon.version >= no_authentication::SINCE && socket.get("authentication").is_none();
        if !clients && !TLS.iter().all(|key| says(socket, key)) && !local && !refuses {
            let finding = RULE.at_map(socket, "whoever reaches this socket commands the daemon");
            out.push(finding.help("add `authentication`, or `trust-anchor`, `cert-file` and `key-file`"));
        }
    }
}
