//! `control-socket/no-authentication`

use super::{TLS, is_http, says, sockets};
use crate::{
    KeaVersion,
    json::Kind,
    rules::{Example, Findings, Plain, Review, rule},
};

rule! {
    /// An HTTP control socket has neither authentication nor TLS.
    ///
    /// ## Why
    /// Kea 3.1 and newer refuse it, also on the loopback address, unless the daemon is started with `-X`: every user of
    /// the machine would command the daemon.
    ///
    /// ## Example
    /// ```json
    /// { "socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004 }
    /// ```
    ///
    /// ## Use instead
    /// `authentication` with a `user-file` and a `password-file`, or TLS.
    "control-socket/no-authentication", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004}]}}"#,
        ).from(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004,
                "authentication": {"type": "basic", "directory": "/etc/kea",
                    "clients": [{"user-file": "user", "password-file": "password"}]}}]}}"#,
        ).from(3, 1, 0),
    ],
}

/// The first version that refuses such a socket.
pub(super) const SINCE: KeaVersion = KeaVersion::new(3, 1, 0);

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    for socket in sockets(daemon).into_iter().filter(|_| daemon.version >= SINCE) {
        let authenticates = socket.get("authentication").is_some_and(|auth| auth.kind() == Kind::Map);
        let is_plain = socket.text("socket-type").is_some_and(|kind| kind == "http");
        if is_http(socket) && is_plain && !authenticates && !TLS.iter().any(|key| says(socket, key)) {
            let finding = RULE.at_map(socket, "this socket has neither authentication nor TLS");
            out.push(finding.help("add `authentication` with a `user-file` and a `password-file`"));
        }
    }
}
