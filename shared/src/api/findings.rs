//! What the rules find in what daemons run.

use super::{ServerId, endpoint};
use crate::{Family, diagnostic::Diagnostic};
use serde::{Deserialize, Serialize};

endpoint!(
    /// What the rules find in the configurations that the daemons run, as they were read last; daemons in whose
    /// configuration nothing is found, and those with more than 8 MB of it, are left out. Asks no Kea server anything.
    ListFindings for Filtered, Get, "/api/v1/fleet/findings", (), () => Vec<DaemonFindings>
);

/// What the rules find in what a daemon runs: what Kea accepted and the operator will regret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DaemonFindings {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// How many there are.
    pub count: usize,
    /// The first of them, without spans.
    pub first: Vec<RunningFinding>,
}

/// One finding, and the object that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RunningFinding {
    /// What is found.
    pub finding: Diagnostic,
    /// The id of the subnet that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subnet: Option<u64>,
    /// The prefix of that subnet; empty: it is in none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// The client class that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
}
