//! Leases of the demo: invented once, from the pools of the configuration.

use super::{clock, daemon::Daemon, reply::Reply, request::Request};
use perch_shared::{Family, config::Config, net::AddressRange};
use serde_json::{Value, json};

/// The commands of this file; `#` stands for the family's digit.
pub(super) const COMMANDS: &[&str] = &[
    "lease#-add",
    "lease#-del",
    "lease#-get",
    "lease#-get-all",
    "lease4-get-by-client-id",
    "lease6-get-by-duid",
    "lease#-get-by-hostname",
    "lease4-get-by-hw-address",
    "lease#-get-page",
    "lease#-resend-ddns",
    "lease#-update",
    "lease#-wipe",
    "lease#-write",
    "lease6-bulk-apply",
];

/// The subnets of a configuration by id, those of shared networks included.
pub(super) fn subnets(config: &Config) -> Vec<&Value> {
    let key = config.family.subnet_key();
    let networks = list(&config.root, "shared-networks");
    let mut found: Vec<&Value> = list(&config.root, key).iter().collect();
    found.extend(networks.iter().flat_map(|network| list(network, key)));
    found.sort_by_key(|subnet| id(subnet));
    found
}

/// The list below the key; empty when there is none.
fn list<'a>(map: &'a Value, key: &str) -> &'a [Value] {
    map.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

pub(super) fn id(subnet: &Value) -> u64 {
    subnet.get("id").and_then(Value::as_u64).unwrap_or_default()
}

/// The address ranges of a subnet's pools.
pub(super) fn pools(family: Family, subnet: &Value) -> Vec<AddressRange> {
    let pools = subnet.get("pools").and_then(Value::as_array).into_iter().flatten();
    pools.filter_map(|pool| AddressRange::parse(family, pool.get("pool")?.as_str()?).ok()).collect()
}

/// Between 3 and 14 leases for each subnet, always the same ones.
pub(super) fn invented(config: &Config) -> Vec<Value> {
    let lease = |subnet: &Value, index: u64| {
        let pool = pools(config.family, subnet).into_iter().next()?;
        Some(invent(config.family, subnet, pool.nth(u128::from(index))?.to_string(), index))
    };
    let of_subnet = |subnet| (0..3 + id(subnet) * 7 % 12).filter_map(move |index| lease(subnet, index));
    subnets(config).into_iter().flat_map(of_subnet).collect()
}

fn invent(family: Family, subnet: &Value, address: String, index: u64) -> Value {
    let id = id(subnet);
    let lifetime = subnet.get("valid-lifetime").and_then(Value::as_u64).unwrap_or(7200);
    let hardware = format!("02:00:{:02x}:{:02x}:00:{index:02x}", id / 256, id % 256);
    let seen = clock::seconds() - (index * 613 + id * 37) % (lifetime / 2).max(1);
    let mut lease = json!({
        "cltt": seen, "fqdn-fwd": false, "fqdn-rev": false, "hostname": format!("client-{id}-{index}"),
        "ip-address": address, "state": 0, "subnet-id": id, "valid-lft": lifetime,
    });
    let of_family = match family {
        Family::V4 => json!({"client-id": format!("01:{hardware}"), "hw-address": hardware}),
        Family::V6 => json!({
            "duid": format!("00:03:00:01:{hardware}"), "iaid": 1, "preferred-lft": lifetime * 3 / 4, "type": "IA_NA",
        }),
    };
    if let (Some(lease), Value::Object(of_family)) = (lease.as_object_mut(), of_family) {
        lease.extend(of_family);
    }
    lease
}

pub(super) fn answer(daemon: &Daemon, request: &Request) -> Option<Reply> {
    let (_, what) = request.command.strip_prefix("lease")?.split_at_checked(1)?;
    let leases = daemon.state().leases.clone();
    Some(match what {
        "-get" => one(daemon, &leases, request),
        "-get-all" => found(daemon, in_subnets(leases, request.argument("subnets")), None),
        "-get-page" => page(daemon, leases, request),
        "-get-by-hw-address" => by(daemon, leases, request, "hw-address"),
        "-get-by-client-id" => by(daemon, leases, request, "client-id"),
        "-get-by-duid" => by(daemon, leases, request, "duid"),
        "-get-by-hostname" => by(daemon, leases, request, "hostname"),
        _ => return None,
    })
}

/// The leases that have the value, in small or capital letters.
fn by(daemon: &Daemon, leases: Vec<Value>, request: &Request, key: &str) -> Reply {
    let Some(wanted) = request.argument(key).and_then(Value::as_str) else {
        return Reply::refused(format!("'{key}' parameter not specified"));
    };
    let has = |lease: &Value| {
        lease.get(key).and_then(Value::as_str).is_some_and(|is| is.eq_ignore_ascii_case(wanted))
    };
    found(daemon, leases.into_iter().filter(has).collect(), None)
}

fn one(daemon: &Daemon, leases: &[Value], request: &Request) -> Reply {
    if request.map().is_none() {
        return Reply::refused("Parameters missing or are not a map.");
    }
    let Some(address) = request.argument("ip-address") else {
        return Reply::refused("missing parameter 'ip-address'");
    };
    match leases.iter().find(|lease| lease.get("ip-address") == Some(address)) {
        Some(lease) => {
            Reply::done().text(format!("{} lease found.", protocol(daemon))).arguments(lease.clone())
        }
        None => Reply::counted(0, "Lease not found."),
    }
}

fn in_subnets(leases: Vec<Value>, subnets: Option<&Value>) -> Vec<Value> {
    let Some(wanted) = subnets.and_then(Value::as_array) else { return leases };
    leases.into_iter().filter(|lease| lease.get("subnet-id").is_some_and(|id| wanted.contains(id))).collect()
}

fn page(daemon: &Daemon, leases: Vec<Value>, request: &Request) -> Reply {
    let Some(arguments) = request.map() else {
        return Reply::refused(format!("no parameters specified for the {} command", request.command));
    };
    let from = arguments.get("from").and_then(Value::as_str);
    let limit = arguments.get("limit").and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    let (Some(from), Some(limit)) = (from, limit) else {
        return Reply::refused("'from' and 'limit' parameters must be specified");
    };
    let start = leases.iter().position(|lease| lease.get("ip-address").and_then(Value::as_str) == Some(from));
    let page: Vec<Value> = leases.into_iter().skip(start.map_or(0, |start| start + 1)).take(limit).collect();
    found(daemon, page.clone(), Some(page.len()))
}

fn found(daemon: &Daemon, leases: Vec<Value>, count: Option<usize>) -> Reply {
    let text = format!("{} {} lease(s) found.", leases.len(), protocol(daemon));
    let number = leases.len();
    let arguments = match count {
        Some(count) => json!({"count": count, "leases": leases}),
        None => json!({"leases": leases}),
    };
    Reply::counted(number, text).arguments(arguments)
}

fn protocol(daemon: &Daemon) -> &'static str {
    if daemon.profile.family == Family::V4 { "IPv4" } else { "IPv6" }
}
