//! `control-socket/path`

use super::{is_unix, sockets};
use crate::{
    KeaVersion,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// A UNIX control socket is outside of the directory where Kea opens its sockets.
    ///
    /// ## Why
    /// Since 3.0 Kea refuses every other directory. Which one it is was decided when Kea was built, `/run/kea` or
    /// `/var/run/kea`, unless the daemon's environment has `KEA_CONTROL_SOCKET_DIR`.
    ///
    /// ## Use instead
    /// The file's name alone: Kea looks for it in its own directory.
    "control-socket/path", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": "/tmp/kea4.sock"}}}"#)
            .from(2, 7, 9),
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": ""}}}"#).from(2, 7, 9),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": "kea4.sock"}}}"#),
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": "/tmp/kea4.sock"}}}"#)
            .before(2, 7, 9),
    ],
}

/// Where packages let Kea open its sockets.
const DIRECTORIES: [&str; 2] = ["/run/kea", "/var/run/kea"];

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.version < KeaVersion::new(2, 7, 9) {
        return;
    }
    for socket in sockets(review).into_iter().filter(|socket| is_unix(*socket)) {
        let Some(value) = socket.get("socket-name") else { continue };
        let Some(path) = value.as_str() else { continue };
        let (directory, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if name.trim().is_empty() {
            out.push(RULE.at(value, format!("`{path}` names no file")).help("write the socket's name"));
        } else if path.contains('/') && !DIRECTORIES.contains(&directory) {
            let finding = RULE.at(value, format!("Kea opens no socket in `{directory}`"));
            let fix = value.replace_text(format!("\"{name}\""));
            out.push(finding.help(format!("write `{name}` alone")).fix(format!("write `{name}`"), fix));
        }
    }
}
