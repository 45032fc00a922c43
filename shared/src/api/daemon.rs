//! What a server's daemons say about themselves.

use super::{Channel, ChannelKind, KeaSaid, Server, ServerId, endpoint};
use crate::{Family, KeaVersion};
use serde::{Deserialize, Serialize};

endpoint!(
    /// Has the daemon read its configuration file again (`config-reload`). What was not written to it is lost.
    ReloadConfiguration for Operator, Post, "/api/v1/servers/{id}/daemons/{family}/reload", (id: ServerId, family: Family), () => KeaSaid
);

/// A server and what its daemons say now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ServerStatus {
    /// Its inventory entry.
    pub server: Server,
    /// The sum of its daemons' states: the worst one.
    pub state: DaemonState,
    /// Its daemons, DHCPv4 first.
    pub daemons: Vec<DaemonStatus>,
}

/// How a daemon is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DaemonState {
    /// It answers, and its HA relationships are in their normal state.
    Ok,
    /// It answers, but an HA relationship is not in its normal state, or its DHCP service is disabled.
    Impaired,
    /// It does not answer.
    Unreachable,
}

/// Something about a daemon or a pair that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Reason {
    /// What kind of thing it is, for scripts.
    pub code: ReasonCode,
    /// What is wrong: one sentence.
    pub text: String,
    /// What to do about it; empty when nothing is to be done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
}

/// The kinds of things that may not be as they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    /// No answer comes.
    Unreachable,
    /// What answers does not answer as a DHCP daemon does.
    Malformed,
    /// Hook libraries of the configuration are not running: an earlier change failed, the daemon may be deaf.
    LostHooks,
    /// The DHCP service is disabled, or its sockets are not open.
    Service,
    /// An HA relationship is not in its normal state.
    Ha,
    /// The members of an HA relationship get ready by themselves.
    Starting,
    /// The clocks of HA partners differ.
    ClockSkew,
    /// The partner is not a server that Perch knows.
    UnknownPartner,
    /// Two servers claim the same place in an HA relationship.
    Ambiguous,
    /// The partners do not agree about their relationship: mode, names, URLs or roles.
    Disagree,
    /// The partners' configurations differ where they should not.
    OutOfStep,
    /// What runs is not in the daemon's file: a restart would lose it.
    NotWritten,
    /// What runs was changed by a command that does not write the daemon's file.
    PerhapsNotWritten,
    /// A part of the configuration comes from a database.
    ConfigBackend,
}

/// What one daemon says about itself. What it did not say is `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DaemonStatus {
    /// Which daemon.
    pub family: Family,
    /// How it is.
    pub state: DaemonState,
    /// What is not as it should be, the worst first; not empty unless the state is [`DaemonState::Ok`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// Since when it is in this state, as RFC 3339 writes it; `None`: nobody has looked yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// When it answered last, as RFC 3339 writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
    /// The address it is reached at.
    pub address: String,
    /// What answers there.
    pub channel: ChannelKind,
    /// Its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<KeaVersion>,
    /// Seconds since it was started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uptime: Option<u64>,
    /// Seconds since it last loaded a configuration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reload: Option<u64>,
    /// Upper-case SHA-256 of its running configuration: Kea's own, or Perch's for Kea 2.2, which has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// The hook libraries it has loaded.
    pub hooks: Vec<HookLibrary>,
    /// What Perch can do through hooks, and whether they are loaded; empty in the list of the whole fleet.
    pub abilities: Vec<Ability>,
    /// Its HA relationships; empty when it has none.
    pub ha: Vec<HaRelationship>,
}

impl DaemonStatus {
    /// A daemon that has said nothing yet.
    pub fn silent(family: Family, state: DaemonState, channel: &Channel) -> Self {
        Self {
            family,
            state,
            reasons: Vec::new(),
            since: None,
            seen: None,
            address: channel.address.clone(),
            channel: channel.kind,
            version: None,
            uptime: None,
            reload: None,
            hash: None,
            hooks: Vec::new(),
            abilities: Vec::new(),
            ha: Vec::new(),
        }
    }
}

/// A loaded hook library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct HookLibrary {
    /// The library's file name without `libdhcp_` and `.so`, such as `lease_cmds`.
    pub name: String,
    /// The path as it stands in the configuration.
    pub library: String,
}

/// Something that Perch can do only with a hook library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Ability {
    /// The hook library's name, such as `lease_cmds`.
    pub hook: String,
    /// What it lets Perch do, for people.
    pub gives: String,
    /// Whether it is loaded.
    pub loaded: bool,
    /// Whether this Kea version ships it in the open-source packages.
    pub available: bool,
    /// The `hooks-libraries` entry that loads it, with this distribution's path.
    pub snippet: String,
}

/// One HA relationship, as one of its servers sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct HaRelationship {
    /// `hot-standby`, `load-balancing` or `passive-backup`.
    pub mode: String,
    /// Whether both sides are in the state they should be in.
    pub healthy: bool,
    /// What the state means and what to do, when it is not healthy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// This server.
    pub local: HaPeer,
    /// Its partner, as far as this server knows; `None` in passive-backup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote: Option<HaPeer>,
    /// Whether the heartbeats to the partner fail.
    pub communication_interrupted: bool,
    /// Seconds that the partner's clock differs; only Kea 3 says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_skew: Option<i64>,
    /// What this server counts of its partner; `None`: it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<HaContact>,
}

impl HaRelationship {
    /// Whether another look at the relationship says the same, but for what is counted.
    pub fn is_as(&self, other: &Self) -> bool {
        let uncounted = |one: &Self| Self { contact: None, ..one.clone() };
        uncounted(self) == uncounted(other)
    }
}

/// What a server counts of its partner. Clients are counted while heartbeats fail only: those that the partner lets
/// wait decide when it is taken to be down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct HaContact {
    /// Whether there was contact at all since this server started.
    pub in_touch: bool,
    /// Seconds since the partner's state was heard last.
    pub age: u64,
    /// Clients that try to reach the partner.
    pub connecting_clients: u64,
    /// Those of them that it lets wait.
    pub unacked_clients: u64,
    /// How many more of those there may be until it is taken to be down.
    pub unacked_clients_left: u64,
    /// Packets for the partner that were looked at.
    pub analyzed_packets: u64,
}

/// One side of an HA relationship.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct HaPeer {
    /// Its name in `peers`.
    pub name: String,
    /// `primary`, `secondary`, `standby` or `backup`.
    pub role: String,
    /// Its state, such as `hot-standby`, `waiting`, `partner-down`, `unavailable`.
    pub state: String,
    /// The scopes it serves.
    pub scopes: Vec<String>,
    /// The URL that its partner reaches it at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}
