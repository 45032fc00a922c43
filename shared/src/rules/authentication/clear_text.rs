//! `authentication/clear-text`

use super::clients;
use crate::{
    KeaVersion,
    rules::{Example, Findings, Plain, Review, rule},
};

rule! {
    /// A user or a password of a control socket stands in the configuration itself.
    ///
    /// ## Why
    /// Kea 3.1 and newer refuse it, unless the daemon is started with `-X`: whoever may read the configuration would
    /// command the daemon.
    ///
    /// ## Example
    /// ```json
    /// { "user": "perch", "password": "long and secret" }
    /// ```
    ///
    /// ## Use instead
    /// ```json
    /// { "user-file": "perch-user", "password-file": "perch-password" }
    /// ```
    /// with the two files in the `directory` of `authentication`, readable for Kea only.
    "authentication/clear-text", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004,
                "authentication": {"type": "basic", "clients": [{"user": "perch", "password": "long and secret"}]}}]}}"#,
        ).from(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004,
                "authentication": {"type": "basic", "directory": "/etc/kea",
                    "clients": [{"user-file": "user", "password-file": "password"}]}}]}}"#,
        ).from(3, 1, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    if daemon.version < KeaVersion::new(3, 1, 0) {
        return;
    }
    for client in clients(daemon) {
        for (key, file) in [("user", "user-file"), ("password", "password-file")] {
            let Some(value) = client.get(key) else { continue };
            let finding = RULE.at_key(value, format!("`{key}` stands here in clear text"));
            out.push(finding.help(format!("put it into a file, and name that in `{file}`")));
        }
    }
}
