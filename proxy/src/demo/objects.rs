//! What the hooks subnet_cmds, class_cmds and host_cmds read.

use super::{
    daemon::Daemon,
    leases::{id, subnets},
    reply::Reply,
    request::Request,
};
use perch_shared::Family;
use serde_json::{Value, json};

/// The commands of subnet_cmds that the demo plays; `#` stands for the family's digit. What changes something is missing:
/// so Perch changes it by `config-set`.
pub(super) const SUBNET_COMMANDS: &[&str] = &["network#-list", "subnet#-get", "subnet#-list"];

/// The commands of class_cmds that the demo plays.
pub(super) const CLASS_COMMANDS: &[&str] = &["class-get", "class-list"];

/// The commands of host_cmds that the demo plays.
pub(super) const HOST_COMMANDS: &[&str] = &["reservation-get-all"];

pub(super) fn answer(daemon: &Daemon, request: &Request) -> Option<Reply> {
    Some(match request.command.as_str() {
        "subnet4-list" | "subnet6-list" => subnet_list(daemon),
        "subnet4-get" | "subnet6-get" => subnet_get(daemon, request),
        "network4-list" | "network6-list" => {
            let names = named(daemon, "shared-networks");
            let text = format!("{} {} networks found", names.len(), protocol(daemon));
            Reply::counted(names.len(), text).arguments(json!({"shared-networks": names}))
        }
        "class-list" => {
            let names = named(daemon, "client-classes");
            Reply::counted(names.len(), format!("{} classes found", names.len()))
                .arguments(json!({"client-classes": names}))
        }
        "class-get" => class_get(daemon, request),
        "reservation-get-all" => reservations(daemon, request),
        _ => return None,
    })
}

/// The names of the objects in a global list, as Kea lists them.
fn named(daemon: &Daemon, key: &str) -> Vec<Value> {
    list(daemon, key).iter().map(|item| json!({"name": item.get("name")})).collect()
}

fn list(daemon: &Daemon, key: &str) -> Vec<Value> {
    daemon.state().running.root.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
}

fn subnet_list(daemon: &Daemon) -> Reply {
    let networks = list(daemon, "shared-networks");
    let key = daemon.profile.family.subnet_key();
    let network_of = |id: u64| {
        let holds = |network: &&Value| {
            let subnets = network.get(key).and_then(Value::as_array);
            subnets.into_iter().flatten().any(|subnet| self::id(subnet) == id)
        };
        networks.iter().find(holds).and_then(|network| network.get("name")).cloned().unwrap_or_default()
    };
    let state = daemon.state();
    let row = |subnet: &&Value| json!({"id": id(subnet), "subnet": subnet.get("subnet"), "shared-network-name": network_of(id(subnet))});
    let rows: Vec<Value> = subnets(&state.running).iter().map(row).collect();
    Reply::counted(rows.len(), format!("{} {} subnets found", rows.len(), protocol(daemon)))
        .arguments(json!({"subnets": rows}))
}

fn subnet_get(daemon: &Daemon, request: &Request) -> Reply {
    let Some(wanted) = request.argument("id").and_then(Value::as_u64) else {
        return Reply::refused("missing parameter 'id'");
    };
    let state = daemon.state();
    match subnets(&state.running).into_iter().find(|subnet| id(subnet) == wanted) {
        Some(subnet) => {
            let mut subnet = subnet.clone();
            if let Some(map) = subnet.as_object_mut() {
                map.remove("reservations");
            }
            let key = daemon.profile.family.subnet_key();
            Reply::done()
                .text(format!("Info about {} subnet with id {wanted} returned", protocol(daemon)))
                .arguments(json!({key: [subnet]}))
        }
        None => Reply::counted(0, format!("No subnet with id {wanted} found")),
    }
}

fn class_get(daemon: &Daemon, request: &Request) -> Reply {
    let Some(name) = request.argument("name").and_then(Value::as_str) else {
        return Reply::refused("missing 'name' parameter");
    };
    let classes = list(daemon, "client-classes");
    match classes.iter().find(|class| class.get("name").and_then(Value::as_str) == Some(name)) {
        Some(class) => Reply::done()
            .text(format!("Class '{name}' definition returned"))
            .arguments(json!({"client-classes": [class]})),
        None => Reply::counted(0, format!("Class '{name}' not found")),
    }
}

fn reservations(daemon: &Daemon, request: &Request) -> Reply {
    let Some(wanted) = request.argument("subnet-id").and_then(Value::as_u64) else {
        return Reply::refused("missing parameter 'subnet-id'");
    };
    let state = daemon.state();
    let subnet = subnets(&state.running).into_iter().find(|subnet| id(subnet) == wanted);
    let hosts = subnet.and_then(|subnet| subnet.get("reservations")?.as_array()).cloned().unwrap_or_default();
    Reply::counted(hosts.len(), format!("{} {} host(s) found.", hosts.len(), protocol(daemon)))
        .arguments(json!({"hosts": hosts}))
}

fn protocol(daemon: &Daemon) -> &'static str {
    if daemon.profile.family == Family::V4 { "IPv4" } else { "IPv6" }
}
