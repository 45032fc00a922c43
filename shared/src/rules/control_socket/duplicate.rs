//! `control-socket/duplicate`

use super::{is_unix, sockets};
use crate::rules::{Example, Findings, Plain, Review, rule};

rule! {
    /// A daemon has more than one UNIX control socket.
    ///
    /// ## Why
    /// Kea opens one UNIX socket at most and refuses the configuration. HTTP sockets may be several.
    "control-socket/duplicate", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock"},
                {"socket-type": "unix", "socket-name": "other.sock"}]}}"#,
        ).from(2, 7, 2),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock"},
                {"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    let all = sockets(daemon);
    let mut unix = all.iter().copied().filter(|socket| is_unix(*socket));
    let Some(first) = unix.next() else { return };
    for socket in unix {
        let finding =
            RULE.at_map(socket, "this is a second UNIX control socket").related(first, "the first one");
        out.push(finding.help("keep one of them").fix("take it out", socket.remove()));
    }
}
