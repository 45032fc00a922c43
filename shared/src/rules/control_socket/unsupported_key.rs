//! `control-socket/unsupported-key`

use super::{is_http, is_unix, sockets};
use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A UNIX control socket has an address, or an HTTP socket a file name.
    ///
    /// ## Why
    /// Kea refuses the configuration rather than to guess which of them is meant.
    "control-socket/unsupported-key", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-name": "kea4.sock", "socket-port": 8004}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock", "socket-address": "::1"}]}}"#,
        ).from(2, 7, 2),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock"}]}}"#)
            .from(2, 7, 2),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for socket in sockets(review) {
        let key = match () {
            () if is_unix(socket) => "socket-address",
            () if is_http(socket) => "socket-name",
            () => continue,
        };
        if let Some(value) = socket.get(key) {
            let kind = socket.text("socket-type").unwrap_or_default();
            let finding = RULE.at_key(value, format!("a control socket of type `{kind}` has no `{key}`"));
            out.push(finding.help("take it out, or change the type").fix("take it out", value.remove()));
        }
    }
}
