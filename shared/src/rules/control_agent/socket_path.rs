//! `control-agent/socket-path`

use crate::{
    KeaVersion,
    json::{Element, Kind},
    rules::{
        Example, Findings, Plain, control_socket::path::DIRECTORIES, paths::apart, rule, services::elsewhere,
    },
};

rule! {
    /// The Control Agent looks for a daemon's socket outside of the directory where Kea has its sockets, or under no name.
    ///
    /// ## Why
    /// Since 2.6.3 the agent refuses every other directory. Which one it is was decided when Kea was built, `/run/kea` or
    /// `/var/run/kea`, unless the agent's environment has `KEA_CONTROL_SOCKET_DIR`.
    ///
    /// ## Use instead
    /// The file's name alone.
    "control-agent/socket-path", Error, arm: "agent.html#configuration", elsewhere,
    bad: [
        Example::new(
            r#"{"Control-agent": {"control-sockets": {"dhcp4": {"socket-type": "unix", "socket-name": "/tmp/kea4.sock"}}}}"#,
        ).from(2, 6, 3).before(3, 1, 8),
    ],
    good: [
        Example::new(
            r#"{"Control-agent": {"control-sockets": {"dhcp4": {"socket-type": "unix", "socket-name": "kea4.sock"}}}}"#,
        ).before(3, 1, 8),
    ],
}

pub(super) fn inspect(agent: Plain<'_>, out: &mut Findings) {
    let sockets = agent.root.get("control-sockets").filter(|sockets| sockets.kind() == Kind::Map);
    let sockets = sockets.into_iter().filter(|_| agent.version >= KeaVersion::new(2, 6, 3));
    for socket in sockets.flat_map(|sockets| sockets.children()) {
        match socket.get("socket-name") {
            Some(value) => name(value, out),
            None if socket.children().next().is_some() => {
                out.push(RULE.at_map(socket, "this socket has no name").help("add `socket-name`"));
            }
            None => {}
        }
    }
}

fn name(value: Element<'_>, out: &mut Findings) {
    let Some(path) = value.as_str() else { return };
    let (directory, name) = apart(&path);
    if name.is_empty() {
        let finding = RULE.at(value, format!("`{}` names no file", path.escape_default()));
        out.push(finding.help("write the socket's name"));
    } else if let Some(directory) = directory.filter(|directory| !DIRECTORIES.contains(directory)) {
        let finding = RULE.at(value, format!("the agent looks for no socket in `{directory}`"));
        let fix = value.replace(&name.into());
        out.push(finding.help(format!("write `{name}` alone")).fix(format!("write `{name}`"), fix));
    }
}
