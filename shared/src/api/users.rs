//! Who may sign in, and which scripts may come. Perch's own file says it; these requests, `perch user` and `perch token`
//! change it.

use super::{Role, ServerId, SessionView, endpoint};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};

endpoint!(
    /// Users and tokens, without anything that helps to sign in.
    ListUsers for Administrator, Get, "/api/v1/users", (), () => UserList
);
endpoint!(
    /// Adds a user. Where there are no users yet, this closes Perch: the first one is an administrator of all servers, and
    /// the answer signs whoever made them in.
    AddUser for Administrator, Post, "/api/v1/users", (), NewUser => UserList
);
endpoint!(
    /// Replaces what a user may do, and the password where there is one in it, which ends the user's sessions.
    EditUser for Administrator, Put, "/api/v1/users/{name}", (name: String), UserEdit => UserList
);
endpoint!(
    /// Removes a user; it ends the user's sessions.
    RemoveUser for Administrator, Delete, "/api/v1/users/{name}", (name: String), () => UserList
);
endpoint!(
    /// Makes a token for a script. The answer is the only place where it is ever shown.
    AddToken for Administrator, Post, "/api/v1/tokens", (), NewToken => MadeToken
);
endpoint!(
    /// Revokes a token: it is no good from the next request on.
    RemoveToken for Administrator, Delete, "/api/v1/tokens/{name}", (name: String), () => UserList
);
endpoint!(
    /// Sets a new password for whoever is signed in with a password; it ends the user's other sessions.
    ChangePassword for Filtered, Put, "/api/v1/session/password", (), PasswordChange => SessionView
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
    /// Whether they can sign in with a password; otherwise through the proxy or with OpenID Connect only.
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

/// A user to be added.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewUser {
    /// The name: 1 to 64 letters, digits, and `.`, `_`, `-`, `@`, `+`.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The servers that they are limited to; `None`: not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servers: Option<BTreeSet<ServerId>>,
    /// Their password; `None`: they sign in through the proxy or with OpenID Connect only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// What a user may do from now on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UserEdit {
    /// What they may do.
    pub role: Role,
    /// The servers that they are limited to; `None`: not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servers: Option<BTreeSet<ServerId>>,
    /// A new password; `None`: it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// A new password of one's own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PasswordChange {
    /// The one that counts until now.
    pub current_password: String,
    /// The one that counts from now on.
    pub password: String,
}

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewToken {
    /// What the history calls it: spelled as a user's name is.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The servers that it is limited to; `None`: not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servers: Option<BTreeSet<ServerId>>,
    /// For how many days it is good, 1 to 3650; `None`: until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
}

/// A token that was just made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct MadeToken {
    /// What is known of it from now on.
    pub token: TokenRow,
    /// The token itself, to be sent as `Authorization: Bearer TOKEN`. Nobody can show it again.
    pub secret: String,
}

/// Types that hold a secret print without it.
macro_rules! quiet {
    ($($name:ident),*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })*
    };
}
quiet!(NewUser, UserEdit, PasswordChange, MadeToken);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_a_secret_prints_without_it() {
        let edit = UserEdit { role: Role::Viewer, servers: None, password: Some("hunter2".into()) };
        let own = PasswordChange { current_password: "hunter2".into(), password: "hunter2".into() };
        assert!(!format!("{edit:?}{own:?}").contains("hunter2"));
    }
}
