//! Client classes that all servers shall have.

use super::{ServerId, endpoint};
use crate::Family;
use serde::{Deserialize, Serialize};
use serde_json::Value;

endpoint!(
    /// The client classes that are marked as global on any server (`global` in their `user-context`), and which servers
    /// do not have them like that. Comes from what Perch read last, so it costs Kea nothing.
    ListGlobalClasses for Filtered, Get, "/api/v1/classes/global", (), GlobalQuery => Vec<GlobalClass>
);

/// Which classes are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct GlobalQuery {
    /// Those of one family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    /// The one with this name, marked or not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Compared with what this server has, in place of what most of the servers that have marked it have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<ServerId>,
}

/// A client class, and how the servers have it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct GlobalClass {
    /// The family.
    pub family: Family,
    /// Its name.
    pub name: String,
    /// The server that the others are compared with.
    pub like: ServerId,
    /// The class there; `None`: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Value>,
    /// The servers that have it like that, this one included.
    pub same: Vec<ServerId>,
    /// Those that do not have it, or otherwise.
    pub others: Vec<ClassElsewhere>,
}

/// A client class on a server that does not have it like the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ClassElsewhere {
    /// The server.
    pub server: ServerId,
    /// The class there; `None`: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Value>,
}
