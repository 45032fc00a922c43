//! What a demo daemon says about itself.

use super::{daemon::Daemon, ha, reply::Reply, request::Request};
use perch_shared::Family;
use serde_json::{Value, json};

/// The commands of this file.
pub(super) const COMMANDS: &[&str] = &[
    "build-report",
    "dhcp-disable",
    "dhcp-enable",
    "list-commands",
    "server-tag-get",
    "status-get",
    "version-get",
];

pub(super) fn answer(daemon: &Daemon, request: &Request) -> Option<Reply> {
    Some(match request.command.as_str() {
        "list-commands" => Reply::done().arguments(daemon.commands().into()),
        "version-get" => version(daemon),
        "build-report" => Reply::done().text(format!("Perch demo, playing Kea {}", daemon.profile.version)),
        "server-tag-get" => Reply::done().arguments(json!({"server-tag": ""})),
        "status-get" => Reply::done().arguments(status(daemon)),
        "dhcp-disable" => {
            daemon.state().disabled = true;
            Reply::done().text(format!("{} service disabled", daemon.profile.family.protocol()))
        }
        "dhcp-enable" => {
            daemon.state().disabled = false;
            Reply::done().text("DHCP service successfully enabled")
        }
        _ => return None,
    })
}

fn version(daemon: &Daemon) -> Reply {
    let version = daemon.profile.version;
    let extended =
        format!("{version} (Perch demo)\npremium: no\nlinked with:\n- Perch {}", env!("CARGO_PKG_VERSION"));
    Reply::done().text(version.to_string()).arguments(json!({"extended": extended}))
}

fn status(daemon: &Daemon) -> Value {
    let uptime = daemon.profile.age + daemon.started.elapsed().as_secs();
    let ha = ha::status(daemon);
    let waiting = ha.as_ref().is_some_and(|ha| ha.waiting);
    let state = daemon.state();
    let mut status = json!({
        "dhcp-state": {
            "disabled-by-db-connection": [],
            "disabled-by-local-command": if waiting { vec![1000] } else { Vec::new() },
            "disabled-by-remote-command": [],
            "disabled-by-user": state.disabled,
            "globally-disabled": state.disabled || waiting,
        },
        "multi-threading-enabled": true,
        "packet-queue-size": 64,
        "packet-queue-statistics": [0.0, 0.0, 0.0],
        "pid": std::process::id(),
        "reload": state.loaded.map_or(uptime, |loaded| loaded.elapsed().as_secs()),
        "sockets": {"status": "ready"},
        "thread-pool-size": 2,
        "uptime": uptime,
    });
    if let Some(map) = status.as_object_mut() {
        map.extend(ha.map(|ha| ("high-availability".to_owned(), json!([ha.section]))));
        let tables = daemon.profile.family == Family::V6;
        map.extend(tables.then(|| ("extended-info-tables".to_owned(), json!(false))));
    }
    status
}
