//! Counters of the demo, computed from its leases and pools.

use super::{
    clock,
    daemon::Daemon,
    leases::{id, pools, subnets},
    reply::Reply,
    request::Request,
};
use perch_shared::Family;
use serde_json::{Map, Value, json};

/// The commands that every daemon has.
pub(super) const COMMANDS: &[&str] = &["statistic-get", "statistic-get-all"];

/// The commands of the hook stat_cmds; `#` stands for the family's digit.
pub(super) const HOOK_COMMANDS: &[&str] = &["stat-lease#-get"];

pub(super) fn answer(daemon: &Daemon, request: &Request) -> Option<Reply> {
    Some(match request.command.as_str() {
        "statistic-get-all" => Reply::done().arguments(Value::Object(all(daemon))),
        "statistic-get" => match request.argument("name").and_then(Value::as_str) {
            Some(name) => {
                let found = all(daemon).remove_entry(name);
                Reply::done().arguments(Value::Object(found.into_iter().collect()))
            }
            None => Reply::refused("Missing mandatory 'name' parameter."),
        },
        "stat-lease4-get" | "stat-lease6-get" => table(daemon, request),
        _ => return None,
    })
}

/// What is counted for one subnet.
struct Count {
    id: u64,
    total: u64,
    assigned: u64,
    delegable: u64,
}

fn counts(daemon: &Daemon) -> Vec<Count> {
    let state = daemon.state();
    let family = daemon.profile.family;
    let count = |subnet: &Value| {
        let total: u128 = pools(family, subnet).into_iter().map(|pool| pool.size()).sum();
        let leases = state
            .leases
            .iter()
            .filter(|lease| lease.get("subnet-id").and_then(Value::as_u64) == Some(id(subnet)));
        Count {
            id: id(subnet),
            total: u64::try_from(total).unwrap_or(u64::MAX),
            assigned: leases.count() as u64,
            delegable: delegable(subnet),
        }
    };
    subnets(&state.running).into_iter().map(count).collect()
}

/// How many prefixes a subnet's pd-pools hold.
fn delegable(subnet: &Value) -> u64 {
    let pools = subnet.get("pd-pools").and_then(Value::as_array).into_iter().flatten();
    let size = |pool: &Value| {
        let bits = pool.get("delegated-len")?.as_u64()?.checked_sub(pool.get("prefix-len")?.as_u64()?)?;
        1u64.checked_shl(u32::try_from(bits).ok()?)
    };
    pools.filter_map(size).sum()
}

fn table(daemon: &Daemon, request: &Request) -> Reply {
    let only = request.argument("subnet-id").and_then(Value::as_u64);
    let rows: Vec<Value> = counts(daemon)
        .into_iter()
        .filter(|count| only.is_none_or(|only| only == count.id))
        .map(|Count { id, total, assigned, delegable }| match daemon.profile.family {
            Family::V4 => json!([id, total, assigned, assigned, 0]),
            Family::V6 => json!([id, total, assigned, assigned, 0, delegable, 0, 0]),
        })
        .collect();
    let columns = match daemon.profile.family {
        Family::V4 => {
            json!([
                "subnet-id",
                "total-addresses",
                "cumulative-assigned-addresses",
                "assigned-addresses",
                "declined-addresses"
            ])
        }
        Family::V6 => json!([
            "subnet-id",
            "total-nas",
            "cumulative-assigned-nas",
            "assigned-nas",
            "declined-addresses",
            "total-pds",
            "cumulative-assigned-pds",
            "assigned-pds",
        ]),
    };
    let which = only.map_or("all subnets".to_owned(), |id| format!("subnet-id={id}"));
    if rows.is_empty() {
        return Reply::counted(0, format!("{}[{which}]: no matching data", request.command))
            .arguments(json!({}));
    }
    Reply::counted(rows.len(), format!("{}[{which}]: {} rows found", request.command, rows.len()))
        .arguments(json!({"result-set": {"columns": columns, "rows": rows, "timestamp": clock::stamp()}}))
}

/// Every counter with one sample. The packets grow while the demo runs.
fn all(daemon: &Daemon) -> Map<String, Value> {
    let family = daemon.profile.family;
    let received = daemon.profile.age / 3 + daemon.started.elapsed().as_secs();
    let mut counters = match family {
        Family::V4 => vec![
            ("pkt4-received".to_owned(), received),
            ("pkt4-sent".to_owned(), received - received / 50),
            ("pkt4-ack-sent".to_owned(), received / 2),
            ("pkt4-nak-sent".to_owned(), received / 900),
            ("pkt4-receive-drop".to_owned(), received / 400),
            ("v4-allocation-fail".to_owned(), received / 2_000),
        ],
        Family::V6 => vec![
            ("pkt6-received".to_owned(), received),
            ("pkt6-sent".to_owned(), received - received / 50),
            ("pkt6-reply-sent".to_owned(), received / 2),
            ("pkt6-receive-drop".to_owned(), received / 400),
            ("v6-allocation-fail".to_owned(), received / 2_000),
        ],
    };
    let unit = if family == Family::V4 { "addresses" } else { "nas" };
    for Count { id, total, assigned, delegable } in counts(daemon) {
        counters.push((format!("subnet[{id}].total-{unit}"), total));
        counters.push((format!("subnet[{id}].assigned-{unit}"), assigned));
        counters.push((format!("subnet[{id}].cumulative-assigned-{unit}"), assigned));
        counters.push((format!("subnet[{id}].declined-addresses"), 0));
        if family == Family::V6 {
            counters.push((format!("subnet[{id}].total-pds"), delegable));
            counters.push((format!("subnet[{id}].assigned-pds"), 0));
        }
    }
    let stamp = clock::stamp();
    counters.into_iter().map(|(name, number)| (name, json!([[number, stamp]]))).collect()
}
