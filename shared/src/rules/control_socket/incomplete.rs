//! `control-socket/incomplete`

use super::{is_http, is_unix, sockets};
use crate::{
    KeaVersion,
    rules::{Example, Findings, Plain, Review, rule},
};

rule! {
    /// A control socket does not say of which type it is, or a UNIX socket does not say its name.
    ///
    /// ## Why
    /// Kea refuses the configuration. Until 2.6 Kea accepted such a socket and then could not open it.
    "control-socket/incomplete", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix"}}}"#).from(2, 7, 2).before(3, 3, 1),
        Example::new(r#"{"Dhcp6": {"control-socket": {"socket-name": "kea6.sock"}}}"#).from(2, 7, 2).before(3, 3, 1),
        Example::new(r#"{"Dhcp6": {"control-sockets": [{"socket-name": "kea6.sock"}]}}"#).from(3, 1, 0),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": "kea4.sock"}}}"#)
            .before(3, 3, 1),
        Example::new(r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock"}]}}"#)
            .from(2, 7, 2),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    let since = KeaVersion::new(2, 7, 2);
    for socket in sockets(daemon).into_iter().filter(|_| daemon.version >= since) {
        let missing = if socket.get("socket-type").is_none() {
            "socket-type"
        } else if is_unix(socket) && socket.get("socket-name").is_none() {
            "socket-name"
        } else {
            continue;
        };
        let help = if missing == "socket-type" && !is_http(socket) && socket.get("socket-name").is_some() {
            "add `\"socket-type\": \"unix\"`".to_owned()
        } else {
            format!("add `{missing}`")
        };
        out.push(RULE.at_map(socket, format!("`{missing}` is missing in this control socket")).help(help));
    }
}
