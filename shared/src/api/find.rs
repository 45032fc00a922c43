//! Finding what an address, an identifier or a word belongs to, on all servers.

use super::{Lease, ReservationRow, ServerId, endpoint};
use crate::Family;
use serde::{Deserialize, Serialize};

endpoint!(
    /// What a text belongs to: an address its subnet, pool, reservation and lease; a hardware address, a client
    /// identifier or a DUID in any spelling its reservations and leases; a word the subnets, networks, classes,
    /// reservations and servers in whose names and comments it occurs.
    Find for Filtered, Get, "/api/v1/find", (), FindQuery => Found
);

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct FindQuery {
    /// The text, as somebody typed it.
    pub text: String,
    /// Whether leases are asked for at the servers, which takes longer.
    #[serde(skip_serializing_if = "std::ops::Not::not", deserialize_with = "super::query::flag")]
    #[cfg_attr(feature = "schema", schemars(with = "bool"))]
    pub leases: bool,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Found {
    /// How the text was read.
    pub read_as: ReadAs,
    /// The text in Kea's spelling, such as `1a:1b:1c:1d:1e:1f`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub spelled: String,
    /// The hits, the closest first.
    pub hits: Vec<Hit>,
    /// How many more there are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: usize,
    /// The servers that could not be asked for leases, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<(ServerId, String)>,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// How a text was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReadAs {
    /// A word.
    #[default]
    Word,
    /// An address.
    Address,
    /// A prefix.
    Prefix,
    /// A hardware address, a client identifier or a DUID.
    Identifier,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Hit {
    /// The server.
    pub server: ServerId,
    /// The daemon; `None`: the server itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    /// What it is.
    pub what: HitKind,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum HitKind {
    /// A server.
    Server,
    /// A subnet, and the pool that the address is in.
    Subnet {
        /// Its id.
        id: u64,
        /// Its prefix.
        subnet: String,
        /// The pool; `None`: it is in none, or a whole prefix was looked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pool: Option<String>,
        /// Its comment.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        comment: String,
    },
    /// A shared network, by its name.
    Network(String),
    /// A client class, by its name.
    Class(String),
    /// A reservation.
    Reservation(ReservationRow),
    /// A lease.
    Lease(Lease),
}
