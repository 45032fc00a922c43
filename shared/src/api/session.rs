//! Who may do what: roles, what each request needs, and signing in and out.

use super::{ServerId, endpoint};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt, str::FromStr};

endpoint!(
    /// Who is signed in, and how somebody can. Needs no session, so that the page can ask first.
    GetSession for Anyone, Get, "/api/v1/session", (), () => SessionView
);
endpoint!(
    /// Signs in with a name and a password; the answer sets the session's cookie.
    SignIn for Anyone, Post, "/api/v1/session", (), PasswordSignIn => SessionView
);
endpoint!(
    /// Signs out: the session is over on the server, whatever becomes of the cookie.
    SignOut for Anyone, Delete, "/api/v1/session", (), () => SessionView
);

endpoint!(
    /// Sends a browser to the provider to sign in with OpenID Connect: the answer is a redirect.
    BeginOpenId for Anyone, Get, "/api/v1/session/oidc", (), OpenIdStart => () as "text/html"
);
endpoint!(
    /// Signs in whoever comes back from the provider: the answer is a redirect to the page, and sets the session's cookie.
    FinishOpenId for Anyone, Get, "/api/v1/session/oidc/callback", (), OpenIdReturn => () as "text/html"
);

/// What somebody may do; each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Sees everything but secrets, and tries changes without making them.
    Viewer,
    /// Changes what Kea does.
    Operator,
    /// Decides which servers there are, and sees the secrets in Kea's own configuration.
    Administrator,
}

impl Role {
    /// All roles, the weakest first.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Operator, Self::Administrator];

    /// Its word, as in `users.json` and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Administrator => "administrator",
        }
    }

    /// Why somebody with another role may not; for people.
    pub const fn wanted(self) -> &'static str {
        match self {
            Self::Viewer => "This needs a user.",
            Self::Operator => "This needs the role operator.",
            Self::Administrator => "This needs the role administrator.",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The text is no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a role is viewer, operator or administrator")]
pub struct RoleError;

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.word() == text).ok_or(RoleError)
    }
}

/// Who may send a request. A role's request that names no server in its path is refused to whoever is limited to
/// some servers; one that does is refused for any other server than those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody: health and signing in. The answer must tell nothing that matters.
    Anyone,
    /// A viewer; whoever is limited to some servers too: what serves it leaves the other servers out.
    Filtered,
    /// A viewer.
    Viewer,
    /// An operator.
    Operator,
    /// An operator; whoever is limited to some servers too: what serves it refuses the other servers, which the body
    /// names.
    FilteredOperator,
    /// An administrator.
    Administrator,
}

impl Access {
    /// The role it takes; `None`: none.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Anyone => None,
            Self::Filtered | Self::Viewer => Some(Role::Viewer),
            Self::Operator | Self::FilteredOperator => Some(Role::Operator),
            Self::Administrator => Some(Role::Administrator),
        }
    }

    /// Whether it is right for somebody with this role, who is limited to `servers` (`None`: not limited), to send a
    /// request that names `server`.
    ///
    /// # Errors
    /// Why not.
    pub fn check(
        self,
        role: Role,
        servers: Option<&BTreeSet<ServerId>>,
        server: Option<&ServerId>,
    ) -> Result<(), Refusal> {
        let needed = self.role().unwrap_or(Role::Viewer);
        if role < needed {
            return Err(Refusal::Role(needed));
        }
        match (servers, server) {
            (None, _) => Ok(()),
            (Some(servers), Some(server)) if servers.contains(server) => Ok(()),
            (Some(_), None) if matches!(self, Self::Anyone | Self::Filtered | Self::FilteredOperator) => {
                Ok(())
            }
            (Some(_), _) => Err(Refusal::Server),
        }
    }
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It takes this role.
    Role(Role),
    /// It is not about one of the servers that they are limited to.
    Server,
}

/// A name and a password. Only ever travels towards the proxy.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PasswordSignIn {
    /// The user's name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for PasswordSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordSignIn(…)")
    }
}

/// Who is signed in, and how somebody can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SessionView {
    /// Whether Perch has no users: whoever reaches it on this machine may do everything.
    pub open: bool,
    /// Who is signed in; `None`: nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<WhoView>,
    /// How to sign in with OpenID Connect; `None`: that is not set up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_id: Option<OpenIdView>,
}

/// How to sign in with OpenID Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct OpenIdView {
    /// What the button calls the provider.
    pub name: String,
    /// Where to go; `?to=` behind it names the page to come back to.
    pub path: String,
    /// Why this browser's last attempt failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<OpenIdFailure>,
}

/// Where somebody wants to be once they have signed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct OpenIdStart {
    /// A page of Perch's, from its `/` on.
    pub to: String,
}

/// What a provider sends a browser back with (RFC 6749, 4.1.2). What else it says does not matter.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct OpenIdReturn {
    /// What Perch gets the token for.
    pub code: Option<String>,
    /// What Perch sent along.
    pub state: Option<String>,
    /// The provider itself (RFC 9207).
    pub iss: Option<String>,
    /// Why the provider did not sign somebody in.
    pub error: Option<String>,
    /// The same in words.
    pub error_description: Option<String>,
}

impl fmt::Debug for OpenIdReturn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpenIdReturn(…)")
    }
}

/// Why somebody could not sign in with OpenID Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct OpenIdFailure {
    /// What happened: one sentence.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct WhoView {
    /// The name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The servers that they are limited to; `None`: not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servers: Option<BTreeSet<ServerId>>,
    /// Whether signing out is Perch's to do: somebody signed in with a password or with OpenID Connect.
    pub can_sign_out: bool,
    /// Whether they signed in with a password, which they can change.
    pub has_password: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_may_what_those_below_it_may() {
        for access in [Access::Viewer, Access::Operator, Access::Administrator, Access::Filtered] {
            for role in Role::ALL {
                let may = access.check(role, None, None).is_ok();
                assert_eq!(may, role >= access.role().unwrap(), "{access:?} {role}");
            }
        }
    }

    #[test]
    fn a_limit_holds_for_every_request_that_does_not_filter() {
        let id = |text: &str| ServerId::new(text).unwrap();
        let mine = BTreeSet::from([id("mine")]);
        let check = |access: Access, server: Option<&str>| {
            access.check(Role::Administrator, Some(&mine), server.map(id).as_ref()).is_ok()
        };
        assert!(check(Access::Viewer, Some("mine")) && check(Access::Administrator, Some("mine")));
        for access in [Access::Filtered, Access::Viewer, Access::Operator, Access::Administrator] {
            assert!(!check(access, Some("other")), "{access:?}");
        }
        assert!(check(Access::Filtered, None));
        assert!(!check(Access::Viewer, None) && !check(Access::Administrator, None));
    }

    #[test]
    fn roles_read_what_they_write() {
        for role in Role::ALL {
            assert_eq!(role.to_string().parse(), Ok(role));
        }
        assert_eq!("root".parse::<Role>(), Err(RoleError));
    }
}
