//! Asking for leases, and reading what Kea says.
//!
//! Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/hooks.html#libdhcp-lease-cmds-so-lease-commands-for-easier-lease-management>.

use crate::{
    Family,
    api::{Lease, LeaseQuery, LeaseState},
    command::Command,
    config::comment,
    net::{Identifier, parse_address},
};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// How many leases a page has when nobody says anything else, and at most.
const PAGE: u64 = 100;
const MOST: u64 = 1000;

/// Why leases cannot be asked for like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LeaseQueryError {
    /// More than one thing is asked for.
    #[error("say one of `subnet`, `address`, `identifier` and `hostname`")]
    Several,
    /// The text is no address of this family.
    #[error("`address` is no address of this protocol")]
    Address,
    /// The text is no identifier.
    #[error("`identifier` is neither a hardware address nor a client identifier nor a DUID")]
    Identifier,
    /// The number of leases is out of range.
    #[error("`limit` is from 1 to 1000")]
    Limit,
}

/// The commands that answer a question: all of them are sent, and their leases put together.
///
/// # Errors
/// When the question makes no sense.
pub fn lease_commands(family: Family, query: &LeaseQuery) -> Result<Vec<Command>, LeaseQueryError> {
    let digit = digit(family);
    let asked = [
        query.subnet.is_some(),
        !query.address.is_empty(),
        !query.identifier.is_empty(),
        !query.hostname.is_empty(),
    ];
    if asked.iter().filter(|asked| **asked).count() > 1 {
        return Err(LeaseQueryError::Several);
    }
    let get = |name: &str, arguments: Value| Command::new(format!("lease{digit}-get{name}")).with(arguments);
    if let Some(subnet) = query.subnet {
        return Ok(vec![get("-all", json!({"subnets": [subnet]}))]);
    }
    if !query.address.is_empty() {
        let text = query.address.trim();
        let address = text.split('/').next().unwrap_or_default();
        parse_address(family, address).ok_or(LeaseQueryError::Address)?;
        return Ok(match family {
            Family::V4 => vec![get("", json!({"ip-address": address}))],
            Family::V6 => {
                ["IA_NA", "IA_PD"].map(|kind| get("", json!({"ip-address": address, "type": kind}))).to_vec()
            }
        });
    }
    if !query.identifier.is_empty() {
        let bytes = spelled_identifier(&query.identifier).ok_or(LeaseQueryError::Identifier)?;
        return Ok(match family {
            Family::V4 => vec![
                get("-by-hw-address", json!({"hw-address": bytes})),
                get("-by-client-id", json!({"client-id": bytes})),
            ],
            Family::V6 => vec![get("-by-duid", json!({"duid": bytes}))],
        });
    }
    if !query.hostname.is_empty() {
        return Ok(vec![get("-by-hostname", json!({"hostname": query.hostname.trim().to_lowercase()}))]);
    }
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        return Err(LeaseQueryError::Limit);
    }
    let from = if query.from.is_empty() { "start" } else { &query.from };
    Ok(vec![get("-page", json!({"from": from, "limit": limit}))])
}

const fn digit(family: Family) -> char {
    match family {
        Family::V4 => '4',
        Family::V6 => '6',
    }
}

/// An identifier in any spelling that people use, as Kea takes it: hexadecimal digits, two by two, with colons.
/// `None`: it is none. Hyphens and dots between digits are read as well, which Kea does not do.
///
/// # Example
/// ```
/// use perch_shared::status::spelled_identifier;
/// for text in ["1A-2B-3C-4D-5E-6F", "1a2b.3c4d.5e6f", "1a:2b:3c:4d:5e:6f", "1a2b3c4d5e6f"] {
///     assert_eq!(spelled_identifier(text).as_deref(), Some("1a:2b:3c:4d:5e:6f"), "{text}");
/// }
/// assert_eq!(spelled_identifier("phone"), None);
/// ```
pub fn spelled_identifier(text: &str) -> Option<String> {
    let text = text.trim();
    let plain: String = if text.starts_with('\'') {
        text.to_owned()
    } else if text.contains(['-', '.']) {
        // In one-digit groups a hyphen counts as Kea's colon, a dot only groups digits.
        text.replace('-', ":").replace('.', "")
    } else {
        text.to_owned()
    };
    let identifier = Identifier::parse(&plain).ok()?;
    let mut out = String::with_capacity(identifier.bytes().len() * 3);
    for (index, byte) in identifier.bytes().iter().enumerate() {
        let colon = if index == 0 { "" } else { ":" };
        // Writing to a String cannot fail.
        let _ = write!(out, "{colon}{byte:02x}");
    }
    (!out.is_empty()).then_some(out)
}

/// The leases in the arguments of an answer: a list, or one lease.
pub fn leases(arguments: &Value) -> Vec<Lease> {
    match arguments.get("leases").and_then(Value::as_array) {
        Some(list) => list.iter().filter_map(lease).collect(),
        None => lease(arguments).into_iter().collect(),
    }
}

fn lease(value: &Value) -> Option<Lease> {
    let map = value.as_object()?;
    let address = text(map, "ip-address");
    if address.is_empty() {
        return None;
    }
    let number = |key: &str| map.get(key).and_then(Value::as_u64).unwrap_or_default();
    let kind = text(map, "type");
    let length = map.get("prefix-len").and_then(Value::as_u64).filter(|_| kind == "IA_PD");
    Some(Lease {
        address: length.map_or_else(|| address.clone(), |length| format!("{address}/{length}")),
        subnet: number("subnet-id"),
        state: LeaseState::from_code(number("state")),
        kind,
        hw_address: text(map, "hw-address"),
        client_id: text(map, "client-id"),
        duid: text(map, "duid"),
        iaid: number("iaid"),
        hostname: text(map, "hostname"),
        cltt: map.get("cltt").and_then(Value::as_i64).unwrap_or_default(),
        valid_lifetime: number("valid-lft"),
        comment: comment(map.get("user-context").and_then(Value::as_object)),
    })
}

fn text(map: &Map<String, Value>, key: &str) -> String {
    map.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(family: Family, query: LeaseQuery) -> Result<Vec<String>, LeaseQueryError> {
        let commands = lease_commands(family, &query)?;
        Ok(commands
            .iter()
            .map(|command| format!("{} {}", command.command, command.arguments.clone().unwrap_or_default()))
            .collect())
    }

    #[test]
    fn a_question_becomes_commands() {
        let query = LeaseQuery { identifier: "1A-2B-3C-4D-5E-6F".into(), ..LeaseQuery::default() };
        let expected = [
            r#"lease4-get-by-hw-address {"hw-address":"1a:2b:3c:4d:5e:6f"}"#,
            r#"lease4-get-by-client-id {"client-id":"1a:2b:3c:4d:5e:6f"}"#,
        ];
        assert_eq!(asked(Family::V4, query).unwrap(), expected);
        let query = LeaseQuery { address: "2001:db8::1".into(), ..LeaseQuery::default() };
        assert_eq!(asked(Family::V6, query.clone()).unwrap().len(), 2, "an address or a prefix");
        assert_eq!(asked(Family::V4, query.clone()), Err(LeaseQueryError::Address));
        let query = LeaseQuery { subnet: Some(7), ..query };
        assert_eq!(asked(Family::V6, query), Err(LeaseQueryError::Several));
        let all = asked(Family::V4, LeaseQuery::default()).unwrap();
        assert_eq!(all, [r#"lease4-get-page {"from":"start","limit":100}"#]);
        let query = LeaseQuery { limit: Some(0), ..LeaseQuery::default() };
        assert_eq!(asked(Family::V4, query), Err(LeaseQueryError::Limit));
        let query = LeaseQuery { identifier: "phone".into(), ..LeaseQuery::default() };
        assert_eq!(asked(Family::V4, query), Err(LeaseQueryError::Identifier));
    }

    #[test]
    fn leases_are_read() {
        let one = json!({"ip-address": "2001:db8:1::", "prefix-len": 56, "type": "IA_PD", "duid": "01", "iaid": 5, "state": 2,
            "subnet-id": 3, "cltt": 100, "valid-lft": 50, "user-context": {"comment": "x"}});
        let found = leases(&one);
        assert_eq!(found[0].address, "2001:db8:1::/56");
        assert_eq!(
            (found[0].state, found[0].subnet, found[0].comment.as_str()),
            (LeaseState::Reclaimed, 3, "x")
        );
        assert_eq!(leases(&json!({"leases": [one, {}], "count": 2})).len(), 1);
        assert_eq!(leases(&json!({"count": 0, "leases": []})), []);
        assert_eq!(leases(&Value::Null), []);
    }
}
