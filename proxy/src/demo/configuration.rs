//! `config-get` and its relatives: reading, testing, setting, writing and reloading a configuration.

use super::{daemon::Daemon, printed::printed, reply::Reply, request::Request};
use perch_shared::{config::Config, rules};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::{fmt::Write as _, time::Instant};

/// The commands of this file.
pub(super) const COMMANDS: &[&str] = &[
    "config-backend-pull",
    "config-get",
    "config-hash-get",
    "config-reload",
    "config-set",
    "config-test",
    "config-write",
];

pub(super) fn answer(daemon: &Daemon, request: &Request) -> Option<Reply> {
    Some(match request.command.as_str() {
        "config-get" => {
            let running = daemon.state().running.clone();
            let mut arguments = running.to_arguments();
            if let Some(map) = arguments.as_object_mut() {
                map.insert("hash".to_owned(), hash(&running).into());
            }
            Reply::done().arguments(arguments)
        }
        "config-hash-get" => Reply::done().arguments(hash_of_running(daemon)),
        "config-test" => sent(daemon, request).map_or_else(Reply::refused, |_| {
            Reply::done().text(
                "Configuration seems sane. Control-socket, hook-libraries, and D2 configuration were sanity checked, but not applied.",
            )
        }),
        "config-set" => sent(daemon, request).map_or_else(Reply::refused, |config| load(daemon, config)),
        "config-reload" => {
            let root = daemon.state().written.clone();
            load(daemon, Config { family: daemon.profile.family, root })
        }
        "config-write" => write(daemon),
        "config-backend-pull" => Reply::counted(0, "No config backend."),
        _ => return None,
    })
}

/// The configuration in the arguments, when Kea would accept it; otherwise the first thing that it would refuse.
fn sent(daemon: &Daemon, request: &Request) -> Result<Config, String> {
    let (family, version) = (daemon.profile.family, daemon.profile.version);
    let mut arguments = request.map().cloned().ok_or("Missing mandatory 'arguments' parameter.")?;
    let root = arguments.remove(family.root_key());
    let root = root.ok_or_else(|| format!("Missing mandatory '{}' parameter.", family.root_key()))?;
    if let Some(key) = arguments.keys().next() {
        return Err(format!("Unsupported '{key}' parameter."));
    }
    let map =
        root.as_object().ok_or_else(|| format!("'{}' parameter expected to be a map.", family.root_key()))?;
    if let Some(key) = unknown_key(map) {
        return Err(format!("unsupported global configuration parameter: {key}"));
    }
    let config = Config { family, root };
    match rules::review(&config, version).into_iter().find(|finding| finding.is_error()) {
        Some(finding) => Err(format!("{} ({})", finding.message, finding.path)),
        None => Ok(config),
    }
}

/// A global key that no version knows.
fn unknown_key(root: &Map<String, Value>) -> Option<&String> {
    const OTHERS: &[&str] = &[
        "cache-max-age",
        "cache-threshold",
        "client-classes",
        "compatibility",
        "config-control",
        "control-socket",
        "control-sockets",
        "data-directory",
        "hooks-libraries",
        "hosts-database",
        "hosts-databases",
        "interfaces-config",
        "lease-database",
        "loggers",
        "max-preferred-lifetime",
        "max-valid-lifetime",
        "min-preferred-lifetime",
        "min-valid-lifetime",
        "offer-lifetime",
        "preferred-lifetime",
        "rebind-timer",
        "renew-timer",
        "server-id",
        "subnet4",
        "subnet6",
        "user-context",
        "ddns-ttl",
        "ddns-ttl-min",
        "ddns-ttl-max",
        "ddns-ttl-percent",
    ];
    root.keys().find(|key| !OTHERS.contains(&key.as_str()) && !super::printed::is_default(key))
}

/// Runs the configuration from now on. Kea restarts its HA state machine even when nothing changed.
fn load(daemon: &Daemon, config: Config) -> Reply {
    let running = printed(config, daemon.profile.version);
    {
        let mut state = daemon.state();
        state.running = running;
        state.loaded = Some(Instant::now());
    }
    if let Some(ha) = &daemon.profile.ha {
        ha.restart();
    }
    Reply::done().text("Configuration successful.").arguments(hash_of_running(daemon))
}

fn write(daemon: &Daemon) -> Reply {
    let filename = format!("/etc/kea/{}.conf", daemon.profile.family.daemon());
    let mut state = daemon.state();
    state.written = state.running.root.clone();
    let size = format!("{:#}", state.running.to_arguments()).len();
    Reply::done()
        .text(format!("Configuration written to {filename} successful"))
        .arguments(json!({"filename": filename, "size": size}))
}

fn hash_of_running(daemon: &Daemon) -> Value {
    json!({"hash": hash(&daemon.state().running)})
}

/// Upper-case SHA-256 of the configuration's text.
fn hash(config: &Config) -> String {
    let digest = Sha256::digest(config.to_arguments().to_string().as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}
