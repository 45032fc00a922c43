//! `control-socket/path`

use super::{is_unix, sockets};
use crate::{
    KeaVersion,
    rules::{Example, Findings, Plain, Review, paths::apart, rule},
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
            .from(2, 7, 9).before(3, 3, 1),
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": ""}}}"#)
            .from(2, 7, 9).before(3, 3, 1),
        Example::new(r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": ".."}]}}"#).from(3, 3, 1),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": "kea4.sock"}}}"#)
            .before(3, 3, 1),
        Example::new(r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "kea4.sock"}]}}"#)
            .from(2, 7, 2),
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": "/tmp/kea4.sock"}}}"#)
            .before(2, 7, 9),
    ],
}

/// Where packages let Kea open its sockets.
pub(in crate::rules) const DIRECTORIES: [&str; 2] = ["/run/kea", "/var/run/kea"];

/// The first version that takes `.` and `..` for no names.
const NO_DOTS: KeaVersion = KeaVersion::new(3, 3, 1);

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    if daemon.version < KeaVersion::new(2, 7, 9) {
        return;
    }
    for socket in sockets(daemon).into_iter().filter(|socket| is_unix(*socket)) {
        let Some(value) = socket.get("socket-name") else { continue };
        let Some(path) = value.as_str() else { continue };
        let (directory, name) = apart(&path);
        if name.is_empty() || daemon.version >= NO_DOTS && matches!(name, "." | "..") {
            let finding = RULE.at(value, format!("`{}` names no file", path.escape_default()));
            out.push(finding.help("write the socket's name"));
        } else if let Some(directory) = directory.filter(|directory| !DIRECTORIES.contains(directory)) {
            let finding = RULE.at(value, format!("Kea opens no socket in `{directory}`"));
            let fix = value.replace_text(format!("\"{name}\""));
            out.push(finding.help(format!("write `{name}` alone")).fix(format!("write `{name}`"), fix));
        }
    }
}
