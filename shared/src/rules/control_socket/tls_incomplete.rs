//! `control-socket/tls-incomplete`

use super::{TLS, is_http, says, sockets};
use crate::rules::{Example, Findings, Plain, Review, rule};

rule! {
    /// An HTTP control socket has some of the three parameters of TLS only, or an HTTPS socket has none.
    ///
    /// ## Why
    /// TLS needs `trust-anchor`, `cert-file` and `key-file` together: Kea refuses the configuration.
    "control-socket/tls-incomplete", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "https", "socket-address": "127.0.0.1", "socket-port": 8004}]}}"#,
        ).from(2, 7, 2),
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1",
                "socket-port": 8004, "trust-anchor": "/etc/kea/ca.crt", "cert-file": "/etc/kea/kea.crt"}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "https", "socket-address": "127.0.0.1",
                "socket-port": 8004, "trust-anchor": "/etc/kea/ca.crt", "cert-file": "/etc/kea/kea.crt",
                "key-file": "/etc/kea/kea.key"}]}}"#,
        ).from(2, 7, 2),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    for socket in sockets(daemon).into_iter().filter(|socket| is_http(*socket)) {
        let missing: Vec<String> =
            TLS.iter().filter(|key| !says(socket, key)).map(|key| format!("`{key}`")).collect();
        let wants =
            missing.len() < TLS.len() || socket.text("socket-type").is_some_and(|kind| kind == "https");
        if wants && !missing.is_empty() {
            let finding =
                RULE.at_map(socket, format!("{} is missing: TLS needs all three", missing.join(", ")));
            out.push(finding.help(format!("add {}", missing.join(", "))));
        }
    }
}
