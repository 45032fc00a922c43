//! The inventory: which servers Perch knows, and how it reaches them.

use super::{ProbeReport, ServerStatus, endpoint};
use crate::Family;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

endpoint!(
    /// The inventory. Asks no Kea server anything, so it answers at once.
    ListServers for Filtered, Get, "/api/v1/servers", (), () => Vec<Server>
);
endpoint!(
    /// Probes the addresses and, when at least one DHCP daemon answers, keeps them as a server.
    AddServer for Administrator, Post, "/api/v1/servers", (), ServerDraft => Server
);
endpoint!(
    /// One server's inventory entry and what its daemons say now.
    GetServer for Viewer, Get, "/api/v1/servers/{id}", (id: ServerId), () => ServerStatus
);
endpoint!(
    /// Replaces a server's name, addresses, credentials and TLS files, after probing them.
    EditServer for Administrator, Put, "/api/v1/servers/{id}", (id: ServerId), ServerDraft => Server
);
endpoint!(
    /// Forgets a server. Kea itself is not touched.
    RemoveServer for Administrator, Delete, "/api/v1/servers/{id}", (id: ServerId), () => ()
);
endpoint!(
    /// Finds out what is at the addresses, without keeping anything.
    ProbeServer for Administrator, Post, "/api/v1/probe", (), ServerDraft => ProbeReport
);

/// A server's name in URLs: 1 to 64 of `a`–`z`, `0`–`9` and `-`. Made by Perch from the server's first name;
/// it stays when the server is renamed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", try_from = "String")]
pub struct ServerId(String);

/// The text is not 1 to 64 of `a`–`z`, `0`–`9` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a server's id is 1 to 64 of a to z, 0 to 9 and -")]
pub struct ServerIdError;

impl ServerId {
    /// Checks the text.
    ///
    /// # Errors
    /// When the text has another form.
    pub fn new(text: impl Into<String>) -> Result<Self, ServerIdError> {
        let text = text.into();
        let valid = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (1..=64).contains(&text.len()) && text.bytes().all(valid) {
            Ok(Self(text))
        } else {
            Err(ServerIdError)
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ServerId {
    type Err = ServerIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl TryFrom<String> for ServerId {
    type Error = ServerIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl From<ServerId> for String {
    fn from(id: ServerId) -> Self {
        id.0
    }
}

/// How a daemon's commands reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChannelKind {
    /// A Control Agent, which passes commands to the daemons named in `service` (Kea ≤ 3.0).
    ControlAgent,
    /// A daemon's own HTTP or HTTPS control socket (Kea ≥ 2.7.2).
    Direct,
    /// A daemon's UNIX control socket on Perch's own machine.
    Unix,
}

/// One address of a server and what was found there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Channel {
    /// `http://host:port`, `https://host:port` or `unix:/path`. Never holds a credential.
    pub address: String,
    /// What answers there.
    pub kind: ChannelKind,
    /// The daemons that are reached through it.
    pub daemons: Vec<Family>,
}

/// Where a server's entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Added in the page; kept in `servers.json`.
    Inventory,
    /// Named on the command line or in `perch.toml`; changed there only.
    Settings,
    /// Part of the demo fleet.
    Demo,
}

/// A server in the inventory, as the page may see it: without credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Server {
    /// Its name in URLs.
    pub id: ServerId,
    /// Its name for people.
    pub name: String,
    /// Where its entry comes from.
    pub origin: Origin,
    /// How it is reached.
    pub channels: Vec<Channel>,
    /// Whether Perch sends a user name and a password.
    pub has_credentials: bool,
    /// TLS files on Perch's own machine.
    #[serde(default)]
    pub tls: TlsFiles,
}

/// TLS files, as paths on the machine that Perch runs on, named as Kea names its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct TlsFiles {
    /// PEM file of the authority that signed Kea's certificate; without it the system's authorities are asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_anchor: Option<String>,
    /// PEM file of Perch's own certificate, for servers with `cert-required`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_file: Option<String>,
    /// PEM file of that certificate's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_file: Option<String>,
}

/// A user name and a password for Kea's basic authentication. Only ever travels towards the proxy.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Credentials {
    /// The user name; ASCII, without a colon.
    pub user: String,
    /// The password; ASCII.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// What to do about credentials.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CredentialsDraft {
    /// Send none.
    #[default]
    None,
    /// Send those that are kept for the server `based-on`.
    Keep,
    /// Send these.
    Set(Credentials),
}

/// A server as somebody enters it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ServerDraft {
    /// A name for people; empty: the first address's host.
    #[serde(default)]
    pub name: String,
    /// One address of a Control Agent, or one of each daemon: `host`, `host:port`, a URL, or `unix:/path`.
    pub addresses: Vec<String>,
    /// User name and password.
    #[serde(default)]
    pub credentials: CredentialsDraft,
    /// TLS files.
    #[serde(default)]
    pub tls: TlsFiles,
    /// The server that is being edited, whose kept credentials [`CredentialsDraft::Keep`] means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<ServerId>,
}
