//! How full subnets are, from what Kea counts.
//!
//! Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/hooks.html#libdhcp-stat-cmds-so-statistics-commands-for-supplemental-lease-statistics>
//! and the three versions themselves.

use crate::{Family, api::Usage, command::Command};
use serde_json::Value;
use std::collections::BTreeMap;

/// The command of stat_cmds that counts all subnets at once.
pub const fn usage_command(family: Family) -> &'static str {
    match family {
        Family::V4 => "stat-lease4-get",
        Family::V6 => "stat-lease6-get",
    }
}

/// What is asked when `commands` are those that the daemon knows: the table of stat_cmds, else all counters, which are
/// fifty times as long.
pub fn usage_request(family: Family, commands: &[String]) -> Command {
    let table = usage_command(family);
    let known = commands.iter().any(|name| name == table);
    Command::new(if known { table } else { "statistic-get-all" })
}

/// Reads the arguments of either answer: one line a subnet, by id.
pub fn usage(arguments: &Value) -> Vec<Usage> {
    match arguments.get("result-set") {
        Some(table) => from_table(table),
        None => from_counters(arguments),
    }
}

/// Columns are found by their names: `declined-nas` became `declined-addresses` after Kea 2.2.
fn from_table(table: &Value) -> Vec<Usage> {
    let columns: Vec<&str> = list(table, "columns").iter().filter_map(Value::as_str).collect();
    let mut found = BTreeMap::new();
    for row in list(table, "rows").iter().filter_map(Value::as_array) {
        let cell = |name: &str| row.get(columns.iter().position(|column| *column == name)?);
        let Some(id) = cell("subnet-id").and_then(Value::as_u64) else { continue };
        let usage: &mut Usage = found.entry(id).or_insert(Usage { id, ..Usage::default() });
        for (column, value) in columns.iter().zip(row) {
            note(usage, column, number(value));
        }
    }
    found.into_values().collect()
}

/// Counters are called `subnet[7].assigned-addresses`; each is a list of samples, the latest first. Counters of pools,
/// `subnet[7].pool[0].…`, are left out: the subnet's own contain them.
fn from_counters(counters: &Value) -> Vec<Usage> {
    let mut found = BTreeMap::new();
    for (name, samples) in counters.as_object().into_iter().flatten() {
        let Some((id, counter)) = name.strip_prefix("subnet[").and_then(|rest| rest.split_once("].")) else {
            continue;
        };
        let latest = samples.as_array().and_then(|samples| samples.first()?.as_array()?.first());
        if let (Ok(id), Some(latest)) = (id.parse(), latest) {
            note(found.entry(id).or_insert(Usage { id, ..Usage::default() }), counter, number(latest));
        }
    }
    found.into_values().collect()
}

fn note(usage: &mut Usage, name: &str, count: f64) {
    let place = match name {
        "total-addresses" | "total-nas" => &mut usage.total,
        "assigned-addresses" | "assigned-nas" => &mut usage.assigned,
        "declined-addresses" | "declined-nas" => &mut usage.declined,
        "total-pds" => &mut usage.total_prefixes,
        "assigned-pds" => &mut usage.assigned_prefixes,
        _ => return,
    };
    *place = count;
}

/// Kea 2.2 prints −1 for a number that is too big for it.
fn number(value: &Value) -> f64 {
    let number = value.as_f64().unwrap_or_default();
    if number < 0.0 { TOO_BIG } else { number }
}

const TOO_BIG: f64 = 18_446_744_073_709_551_615.0;

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_table_is_read_by_its_columns() {
        let arguments = json!({"result-set": {
            "columns": ["subnet-id", "total-nas", "cumulative-assigned-nas", "assigned-nas", "declined-nas", "total-pds", "cumulative-assigned-pds", "assigned-pds"],
            "rows": [[2, 18446744073709551616.0, 9, 5, 1, 256, 0, 3], [1, -1, 0, 0, 0, 0, 0, 0], ["odd"]],
        }});
        let found = usage(&arguments);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].id, found[0].total), (1, TOO_BIG));
        let expected = Usage {
            id: 2,
            total: 18446744073709551616.0,
            assigned: 5.0,
            declined: 1.0,
            total_prefixes: 256.0,
            assigned_prefixes: 3.0,
        };
        assert_eq!(found[1], expected);
    }

    #[test]
    fn counters_are_read_where_there_is_no_table() {
        let arguments = json!({
            "pkt4-received": [[7, "2026-11-23 18:46:02.803648"]],
            "subnet[1].total-addresses": [[100, "x"]],
            "subnet[1].assigned-addresses": [[40, "x"], [39, "y"]],
            "subnet[1].pool[0].assigned-addresses": [[40, "x"]],
            "subnet[12].declined-addresses": [[2, "x"]],
            "subnet[x].declined-addresses": [[2, "x"]],
        });
        let found = usage(&arguments);
        assert_eq!(
            found,
            [
                Usage { id: 1, total: 100.0, assigned: 40.0, ..Usage::default() },
                Usage { id: 12, declined: 2.0, ..Usage::default() },
            ]
        );
        assert_eq!(usage(&Value::Null), []);
    }

    #[test]
    fn the_short_table_is_preferred() {
        let commands = vec!["stat-lease4-get".to_owned()];
        assert_eq!(usage_request(Family::V4, &commands).command, "stat-lease4-get");
        assert_eq!(usage_request(Family::V6, &commands).command, "statistic-get-all");
    }
}
