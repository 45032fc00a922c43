//! Who asks: a person or a script, what they may do, and how Perch knows.

use super::{Digest, SessionKey, User};
use perch_shared::api::{self, Role, ServerId, WhoView};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, net::IpAddr};

/// How Perch knows who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// It does not: there are no users, and only this machine reaches it.
    Open,
    /// A name and a password.
    Password,
    /// OpenID Connect.
    OpenId,
    /// A trusted proxy's header.
    Proxy,
    /// An API token.
    Token,
}

/// Who asks. Every handler that needs it gets one; the audit names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The user's or the token's name.
    pub name: String,
    /// How Perch knows.
    pub via: Via,
    /// What they may do.
    pub role: Role,
    /// The servers that they are limited to; `None`: not limited.
    pub servers: Option<BTreeSet<ServerId>>,
    /// What shows that it is them, to be looked at again while a long answer is on its way.
    pub(super) proof: Proof,
}

/// What shows who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// There are no users.
    Open,
    /// The proxy says so.
    Proxy,
    /// A session's cookie.
    Session(SessionKey),
    /// A token.
    Token(Digest),
}

impl Who {
    /// Whoever uses this machine, while there are no users.
    pub fn local() -> Self {
        Self {
            name: "local".to_owned(),
            via: Via::Open,
            role: Role::Administrator,
            servers: None,
            proof: Proof::Open,
        }
    }

    /// A user of `users.json`.
    pub(super) fn of(user: &User, via: Via, proof: Proof) -> Self {
        Self { name: user.name.to_string(), via, role: user.role, servers: user.servers.clone(), proof }
    }

    /// Whether they may see anything about a server.
    pub fn sees(&self, server: &ServerId) -> bool {
        self.servers.as_ref().is_none_or(|servers| servers.contains(server))
    }

    /// How the history names them; nobody where nobody has to sign in.
    pub fn signature(&self) -> api::Who {
        let via = if self.via == Via::Token { api::Via::Token } else { api::Via::Page };
        let user = if self.via == Via::Open { String::new() } else { self.name.clone() };
        api::Who { user, via }
    }

    /// What the page is told.
    pub fn view(&self) -> WhoView {
        WhoView {
            name: self.name.clone(),
            role: self.role,
            servers: self.servers.clone(),
            can_sign_out: matches!(self.via, Via::Password | Via::OpenId),
            has_password: self.via == Via::Password,
        }
    }
}

/// A request's sender, as the outer layers see it.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who it is; `None`: nobody that Perch knows.
    pub who: Option<Who>,
    /// The session that the request belongs to.
    pub session: Option<SessionKey>,
    /// Where it comes from, past a trusted proxy; `None`: not known, or shared by everybody behind a proxy.
    pub address: Option<IpAddr>,
}

/// The other end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// Its address.
    pub address: IpAddr,
    /// Whether it speaks TLS with Perch.
    pub tls: bool,
}
