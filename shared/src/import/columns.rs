//! What a column holds, as its head says.

use crate::{Family, status::spelled_identifier};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// What to do: add, update or delete.
    Action,
    /// An identifier whose kind its spelling says.
    Identifier,
    /// An identifier of this kind, or the value of this key.
    Kind(&'static str),
    /// The value of a key.
    Key(&'static str),
    /// Something that a reservation does not have.
    Unknown,
}

/// Heads as people write them: small letters, with hyphens.
const HEADS: [(Column, &[&str]); 14] = [
    (Column::Action, &["action", "operation"]),
    (Column::Identifier, &["identifier", "client", "client-identifier-or-mac"]),
    (
        Column::Kind("hw-address"),
        &["hw-address", "mac", "mac-address", "hardware-address", "hwaddr", "ethernet-address"],
    ),
    (Column::Kind("client-id"), &["client-id", "client-identifier"]),
    (Column::Kind("duid"), &["duid"]),
    (Column::Kind("circuit-id"), &["circuit-id"]),
    (Column::Kind("flex-id"), &["flex-id"]),
    (
        Column::Key("address"),
        &["ip-address", "ip-addresses", "address", "addresses", "ip", "ipv4-address", "ipv6-address"],
    ),
    (Column::Key("prefixes"), &["prefix", "prefixes"]),
    (Column::Key("hostname"), &["hostname", "host-name", "name", "host"]),
    (Column::Key("client-classes"), &["client-classes", "client-class", "classes", "class"]),
    (Column::Key("next-server"), &["next-server"]),
    (Column::Key("boot-file-name"), &["boot-file-name", "boot-file", "bootfile"]),
    (Column::Key("user-context.comment"), &["comment", "description", "remark", "note"]),
];

/// The columns of a text without heads.
const USUAL: [Column; 4] = [
    Column::Identifier,
    Column::Key("address"),
    Column::Key("hostname"),
    Column::Key("user-context.comment"),
];

/// The columns, and whether the first row only names them.
pub(super) fn columns(first: &[String]) -> (Vec<Column>, bool) {
    let read: Vec<Column> = first.iter().map(|cell| read(cell)).collect();
    let known = read.iter().filter(|column| **column != Column::Unknown).count();
    let is_data = first.iter().any(|cell| cell.len() > 5 && spelled_identifier(cell).is_some());
    if known > 0 && !is_data {
        return (read, true);
    }
    let usual = USUAL.into_iter().chain(std::iter::repeat(Column::Unknown));
    (usual.take(first.len().max(USUAL.len())).collect(), false)
}

fn read(cell: &str) -> Column {
    let name: String = cell
        .trim()
        .to_lowercase()
        .chars()
        .map(|letter| if letter == '_' || letter.is_whitespace() { '-' } else { letter })
        .collect();
    HEADS
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map_or(Column::Unknown, |(column, _)| *column)
}

impl Column {
    /// The key of a reservation that the column's cells are for.
    pub(super) fn key(self, family: Family, cell: &str) -> Option<&'static str> {
        match self {
            Self::Key("address") if family == Family::V4 => Some("ip-address"),
            Self::Key("address") if cell.contains('/') => Some("prefixes"),
            Self::Key("address") => Some("ip-addresses"),
            Self::Key(key) => Some(key),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_in_any_spelling() {
        let first = ["Action", "MAC Address", "IP_Address", "Host name", "Rack"].map(str::to_owned);
        let (columns, has_heads) = columns(&first);
        assert!(has_heads);
        let expected = [
            Column::Action,
            Column::Kind("hw-address"),
            Column::Key("address"),
            Column::Key("hostname"),
            Column::Unknown,
        ];
        assert_eq!(columns, expected);
    }

    #[test]
    fn without_heads_the_order_says_it() {
        let first = ["1a:2b:3c:4d:5e:6f", "10.0.0.7", "name"].map(str::to_owned);
        let (columns, has_heads) = columns(&first);
        assert!(!has_heads && columns.len() == 4);
        assert_eq!(columns[0], Column::Identifier);
        assert_eq!(columns[1].key(Family::V6, "2001:db8::/56"), Some("prefixes"));
    }
}
