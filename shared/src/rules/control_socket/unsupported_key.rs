//! `control-socket/unsupported-key`

use super::{is_http, is_unix, sockets};
use crate::{
    KeaVersion,
    rules::{Example, Findings, Plain, Review, rule},
};

rule! {
    /// A UNIX control socket has an address, or an HTTP socket a file name.
    ///
    /// ## Why
    /// Kea refuses the configuration rather than to guess which of them is meant. Since 3.1.8 a UNIX socket must have
    /// nothing at all that belongs to HTTP, such as `authentication`.
    "control-socket/unsupported-key", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-name": "kea4.sock", "socket-port": 8004}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock", "socket-address": "::1"}]}}"#,
        ).from(2, 7, 2),
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock", "socket-port": 8004}]}}"#,
        ).from(3, 1, 8),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock"}]}}"#)
            .from(2, 7, 2),
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock", "socket-port": 8004}]}}"#,
        ).from(2, 7, 2).before(3, 1, 8),
    ],
}

/// What belongs to HTTP sockets only.
const HTTP_KEYS: [&str; 8] = [
    "socket-address",
    "socket-port",
    "authentication",
    "trust-anchor",
    "cert-file",
    "key-file",
    "cert-required",
    "http-headers",
];

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    let refuses_all = daemon.version >= KeaVersion::new(3, 1, 8);
    for socket in sockets(daemon) {
        let keys: &[&str] = match () {
            () if is_unix(socket) && refuses_all => &HTTP_KEYS,
            () if is_unix(socket) => &["socket-address"],
            () if is_http(socket) => &["socket-name"],
            () => continue,
        };
        for value in keys.iter().filter_map(|key| socket.get(key)) {
            let kind = socket.text("socket-type").unwrap_or_default();
            let key = value.key().unwrap_or_default();
            let finding = RULE.at_key(value, format!("a control socket of type `{kind}` has no `{key}`"));
            out.push(finding.help("take it out, or change the type").fix("take it out", value.remove()));
        }
    }
}
