//! What was found at the addresses of a server that somebody wants to add.

use super::Channel;
use crate::{Family, KeaVersion};
use serde::{Deserialize, Serialize};

/// Everything that a probe did and found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProbeReport {
    /// What was tried, in order.
    pub steps: Vec<ProbeStep>,
    /// The channels that work.
    pub channels: Vec<Channel>,
    /// The daemons that answered.
    pub daemons: Vec<FoundDaemon>,
}

impl ProbeReport {
    /// Whether there is anything to add: at least one daemon answered and no step failed.
    pub fn is_usable(&self) -> bool {
        !self.daemons.is_empty() && self.steps.iter().all(|step| step.verdict != Verdict::Failed)
    }
}

/// A daemon that answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct FoundDaemon {
    /// Which daemon.
    pub family: Family,
    /// Its version.
    pub version: KeaVersion,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// As it should be.
    Passed,
    /// Works, but the operator should know something.
    Warning,
    /// Does not work; nothing can be added.
    Failed,
    /// Not tried, because an earlier step failed or it does not apply.
    Skipped,
}

/// One step of a probe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ProbeStep {
    /// The address it is about.
    pub address: String,
    /// What was tried, such as `Connect`, `TLS`, `Password`, `Kea`, `kea-dhcp4`.
    pub title: String,
    /// How it ended.
    pub verdict: Verdict,
    /// What was seen, or the exact cause of the failure.
    pub detail: String,
    /// What to do about it: an instruction, with the command or snippet where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}
