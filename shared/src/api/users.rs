//! Who may sign in, and which scripts may come. Perch's own file says it; `perch user` and `perch token` change it.

use super::{Role, ServerId, endpoint};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

endpoint!(
    /// Users and tokens, without anything that helps to sign in.
    ListUsers for Administrator, Get, "/api/v1/users", (), () => UserList
);

/// Everybody that Perch knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct UserList {
    /// Whether whoever reaches this Perch may do everything: there are no users.
    pub open: bool,
    /// People.
    pub users: Vec<UserRow>,
    /// Scripts.
    pub tokens: Vec<TokenRow>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct UserRow {
    /// The name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The servers that they are limited to; `None`: not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servers: Option<BTreeSet<ServerId>>,
    /// Whether they can sign in with a password; otherwise through the proxy only.
    pub has_password: bool,
}

/// A script's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct TokenRow {
    /// What the history calls it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The servers that it is limited to; `None`: not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servers: Option<BTreeSet<ServerId>>,
    /// When it was made: RFC 3339, UTC.
    pub created: String,
    /// When it ends: RFC 3339, UTC; `None`: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}
