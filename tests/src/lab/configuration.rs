//! The daemons' configurations: the content from `tests/corpus/kea`, the surroundings from here.

use super::{Access, Daemon, Lab, corpus};
use perch_shared::{Family, KeaVersion};
use serde_json::{Value, json};

const HOOKS: &str = "/usr/lib/x86_64-linux-gnu/kea/hooks";

/// An HTTP or HTTPS socket that a daemon opens.
#[derive(Debug)]
pub(super) struct Listener {
    pub(super) port: u16,
    pub(super) access: Access,
}

impl Listener {
    pub(super) fn address(&self) -> String {
        format!("{}://127.0.0.1:{}", self.access.scheme(), self.port)
    }

    /// The keys that TLS and the password need, in Kea's words.
    fn security(&self, lab: &Lab) -> Value {
        let mut keys = json!({});
        if self.access != Access::Open {
            keys["authentication"] = json!({
                "type": "basic", "realm": "lab", "directory": lab.path_inside("etc"),
                "clients": [{"user-file": "user", "password-file": "password"}]
            });
        }
        if self.access.is_tls() {
            keys["trust-anchor"] = lab.path_inside("tls/ca.crt").into();
            keys["cert-file"] = lab.path_inside("tls/server.crt").into();
            keys["key-file"] = lab.path_inside("tls/server.key").into();
            keys["cert-required"] = (self.access == Access::TlsWithClientCertificate).into();
        }
        keys
    }
}

/// The map below `Dhcp4` or `Dhcp6`.
pub(super) fn daemon(lab: &Lab, family: Family, listener: Option<&Listener>) -> Value {
    let mut root = read(family);
    let unix = json!({"socket-type": "unix", "socket-name": lab.path_inside(Daemon::from(family).socket())});
    match listener {
        None => root["control-socket"] = unix,
        Some(listener) => {
            let mut http = json!({"socket-type": listener.access.scheme(), "socket-address": "127.0.0.1", "socket-port": listener.port});
            extend(&mut http, listener.security(lab));
            root["control-sockets"] = json!([unix, http]);
        }
    }
    // Nothing here listens for DHCP: the machine's network stays untouched, and any number of daemons can run.
    root["interfaces-config"] = json!({"interfaces": []});
    root["lease-database"] = json!({
        "type": "memfile", "persist": true, "lfc-interval": 0,
        "name": lab.path_inside(&format!("data/{}-leases.csv", family.service()))
    });
    root["hooks-libraries"] = json!([hook("lease_cmds"), hook("stat_cmds")]);
    root["loggers"] = loggers(lab.version, Daemon::from(family));
    root
}

/// A Control Agent's whole configuration.
pub(super) fn agent(lab: &Lab, listener: &Listener) -> Value {
    let socket =
        |daemon: Daemon| json!({"socket-type": "unix", "socket-name": lab.path_inside(daemon.socket())});
    let mut root = json!({
        "http-host": "127.0.0.1",
        "http-port": listener.port,
        "control-sockets": {"dhcp4": socket(Daemon::Dhcp4), "dhcp6": socket(Daemon::Dhcp6)},
        "loggers": loggers(lab.version, Daemon::Agent),
    });
    extend(&mut root, listener.security(lab));
    json!({"Control-agent": root})
}

/// The entry that loads a hook library.
pub(super) fn hook(name: &str) -> Value {
    json!({"library": format!("{HOOKS}/libdhcp_{name}.so")})
}

/// Adds the hooks of Kea 3 that change subnets, classes and reservations one by one, to the map below `Dhcp4` or `Dhcp6`.
///
/// # Panics
/// When there is no list of hooks.
pub fn load_changing_hooks(root: &mut Value) {
    let hooks = root["hooks-libraries"].as_array_mut().expect("a list of hooks");
    hooks.extend(["subnet_cmds", "class_cmds", "host_cmds"].map(hook));
}

fn loggers(version: KeaVersion, daemon: Daemon) -> Value {
    let output = if version < KeaVersion::new(2, 4, 0) { "output_options" } else { "output-options" };
    json!([{"name": daemon.name(), "severity": "INFO", output: [{"output": "stdout"}]}])
}

fn read(family: Family) -> Value {
    let file = corpus().join(Daemon::from(family).file());
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn extend(map: &mut Value, keys: Value) {
    let (Value::Object(map), Value::Object(keys)) = (map, keys) else { panic!("two maps") };
    map.extend(keys);
}
