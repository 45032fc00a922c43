//! `authentication/default-password`

use super::clients;
use crate::{
    KeaVersion,
    rules::{Example, Findings, Plain, Review, rule},
};

rule! {
    /// A control socket takes a password that stands in Kea's manual.
    ///
    /// ## Why
    /// Everybody knows `1234`, `*****` and `keatest`: since 2.7.6 Kea refuses them.
    ///
    /// ## Use instead
    /// A password of your own, best in a file that `password-file` names.
    "authentication/default-password", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004,
                "authentication": {"type": "basic", "clients": [{"user": "admin", "password": "1234"}]}}]}}"#,
        ).from(2, 7, 6).before(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004,
                "authentication": {"type": "basic", "clients": [{"user": "admin", "password": "12345"}]}}]}}"#,
        ).from(2, 7, 6).before(3, 1, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    if daemon.version < KeaVersion::new(2, 7, 6) {
        return;
    }
    for client in clients(daemon) {
        let Some(value) = client.get("password") else { continue };
        if value.as_str().is_some_and(|text| matches!(text.as_ref(), "1234" | "*****" | "keatest")) {
            let finding = RULE.at(value, "everybody knows this password: it stands in Kea's manual");
            out.push(finding.help("choose a password of your own"));
        }
    }
}
