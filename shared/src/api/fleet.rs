//! The whole fleet at a glance: every server as it was last seen, HA pairs, what somebody else changed.

use super::{DaemonState, ProbeReport, Reason, ServerDraft, ServerId, ServerStatus, endpoint};
use crate::{Family, change::Difference, status::Drift};
use serde::{Deserialize, Serialize};
use std::fmt;

endpoint!(
    /// Every server as it was last seen, and the HA pairs. Asks no Kea server anything, so it answers at once.
    GetFleet for Filtered, Get, "/api/v1/fleet", (), () => FleetView
);
endpoint!(
    /// Perch's numbers, as Prometheus reads them (`text/plain`, not JSON).
    GetMetrics for Viewer, Get, "/metrics", (), () => String as "text/plain"
);
endpoint!(
    /// What somebody else than this Perch changed lately, the latest first.
    ListExternalChanges for Filtered, Get, "/api/v1/fleet/external-changes", (), () => Vec<ExternalChange>
);
endpoint!(
    /// Where the configurations of two servers differ although partners should not.
    GetDrift for Viewer, Get, "/api/v1/drift/{family}/{left}/{right}", (family: Family, left: ServerId, right: ServerId), () => Drift
);
endpoint!(
    /// The HA partners of a server, from its running configuration. Asks only the server itself.
    FindPartners for Viewer, Get, "/api/v1/servers/{id}/partners", (id: ServerId), () => Vec<Partner>
);
endpoint!(
    /// Asks at the addresses that the operator confirmed whether the partner is there. Keeps nothing.
    ProvePartner for Administrator, Post, "/api/v1/servers/{id}/partners", (id: ServerId), PartnerDraft => PartnerProof
);

/// The whole fleet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct FleetView {
    /// Every server, in the order of the inventory. Their `abilities` are left out.
    pub servers: Vec<ServerStatus>,
    /// The HA pairs.
    pub pairs: Vec<Pair>,
    /// Seconds between two looks at a daemon where nothing is wrong.
    pub sync_interval: u64,
}

/// What names a pair: the family, and its members' names and servers. The same pair has the same id while its
/// members and their names stay.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PairId(pub String);

impl fmt::Display for PairId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a pair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PairState {
    /// All members run, in their normal states, and agree.
    Ok,
    /// Members that all run get ready to work together, by themselves: after a start, or after the pair was set up.
    Starting,
    /// A member is not a server that Perch knows, so half of the pair cannot be seen or changed.
    Incomplete,
    /// The members' configurations differ where they should not.
    OutOfStep,
    /// A member is down, or not in its normal state.
    Impaired,
    /// No member answers.
    Unreachable,
}

/// An HA relationship with all its members.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Pair {
    /// What names it.
    pub id: PairId,
    /// DHCPv4 or DHCPv6.
    pub family: Family,
    /// `hot-standby`, `load-balancing` or `passive-backup`.
    pub mode: String,
    /// How it is.
    pub state: PairState,
    /// What is not as it should be, what it means, and what to do.
    pub reasons: Vec<Reason>,
    /// The members, the primary first.
    pub members: Vec<PairMember>,
    /// In how many objects the configurations of the first two registered members differ; `None`: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift: Option<usize>,
}

/// One member of an HA relationship.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PairMember {
    /// Its name in `peers`.
    pub name: String,
    /// `primary`, `secondary`, `standby` or `backup`.
    pub role: String,
    /// The URL at which its partners reach it; no control channel, as a rule.
    pub url: String,
    /// The server that it is; `None`: not registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<ServerId>,
    /// Whether Perch reaches it; `None`: not registered, or not looked at yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<DaemonState>,
    /// Its HA state: what it says itself, else what its partner last heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The scopes that it serves.
    pub scopes: Vec<String>,
}

/// A change that did not go through this Perch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ExternalChange {
    /// When it was seen, as RFC 3339 writes it.
    pub time: String,
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub daemon: Family,
    /// The hash of the configuration before.
    pub before: String,
    /// The hash of the configuration that was found.
    pub after: String,
    /// Where they differ, secrets hidden; the first ones where there are many.
    pub differences: Vec<Difference>,
    /// How many more there are.
    #[serde(default)]
    pub more: usize,
    /// Whether the earlier configuration was still known; otherwise `differences` is empty and says nothing.
    pub compared: bool,
}

/// A partner that a server's configuration names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Partner {
    /// The family of the relationship.
    pub family: Family,
    /// The partner's name in `peers`.
    pub name: String,
    /// Its role.
    pub role: String,
    /// The URL in `peers`, without credentials.
    pub url: String,
    /// The server that it is, when it is registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<ServerId>,
    /// Where its control channel may be, likeliest first. Nothing was asked there.
    pub addresses: Vec<String>,
}

/// A partner to be proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PartnerDraft {
    /// The family of the relationship.
    pub family: Family,
    /// The partner's name in `peers`.
    pub name: String,
    /// Where to ask, as for adding a server.
    pub server: ServerDraft,
}

/// Whether the partner is where the operator said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PartnerProof {
    /// What was found at the addresses.
    pub probe: ProbeReport,
    /// Whether the daemon there is the partner: it bears the name, and names the server as its own partner.
    pub proved: bool,
    /// What the daemon there says it is, in one sentence.
    pub detail: String,
}
