//! Changing configurations: a list of edits, what it would do to each target, and how it went there.

use super::{ChangeId, KeaSaid, Outcome, ServerId, SnapshotId, Who, endpoint};
use crate::{
    Family,
    change::{Difference, Edit},
    command::Command,
    diagnostic::Diagnostic,
};
use serde::{Deserialize, Serialize};

endpoint!(
    /// What a change would do: merges it into what each Kea has now, checks it with Perch's rules and with
    /// `config-test`, and changes nothing.
    PreviewChange for Filtered, Post, "/api/v1/changes/preview", (), ChangeRequest => Preview
);
endpoint!(
    /// A change as commands for Kea, for each target: hook commands where those that are loaded do the same, else
    /// `config-set`, then `config-write`; with `••••` in place of secrets. Sends none of them.
    ListCommands for Filtered, Post, "/api/v1/changes/commands", (), ChangeRequest => Vec<TargetCommands>
);
endpoint!(
    /// Carries a change out on every target, or on none.
    ApplyChange for FilteredOperator, Post, "/api/v1/changes", (), ChangeRequest => ApplyReport
);
endpoint!(
    /// What Perch found half-done, because it died or a server went away, and what became of it.
    ListRecoveries for Filtered, Get, "/api/v1/changes/recovered", (), () => Vec<Recovery>
);
endpoint!(
    /// Stops trying to settle a change that cannot be settled: its servers stay as they are.
    GiveUpRecovery for Operator, Delete, "/api/v1/changes/recovered/{change}", (change: ChangeId), () => ()
);
endpoint!(
    /// The changes that daemons missed because they did not answer.
    ListMissed for Filtered, Get, "/api/v1/changes/missed", (), () => Vec<Missed>
);
endpoint!(
    /// Carries out on one daemon everything that it missed.
    CatchUp for Operator, Post, "/api/v1/servers/{id}/daemons/{family}/catch-up", (id: ServerId, family: Family), () => ApplyReport
);
endpoint!(
    /// Forgets what a daemon missed: it stays as it is.
    ForgetMissed for Operator, Delete, "/api/v1/servers/{id}/daemons/{family}/catch-up", (id: ServerId, family: Family), () => ()
);

/// One daemon that a change is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChangeTarget {
    /// The server.
    pub server: ServerId,
    /// Which of its daemons.
    pub family: Family,
    /// The hash of the configuration that was seen. An apply with another one than Kea has is refused; without one
    /// the edits alone say what they expect to find.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<String>,
    /// What to change here, in place of the request's edits; empty: those.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
}

/// What is done when a target does not answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Absent {
    /// Nothing is changed anywhere.
    #[default]
    Wait,
    /// The others are changed, and what the absent ones missed is remembered.
    Alone,
}

/// Edits for one daemon, for both partners of a pair, or for the whole fleet: carried out on all of them, or on none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChangeRequest {
    /// Whom it is for.
    pub targets: Vec<ChangeTarget>,
    /// What to change, in order; the same on every target that has no edits of its own.
    #[serde(default)]
    pub edits: Vec<Edit>,
    /// Why, in the operator's own words; for the history.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// What is done when a target does not answer.
    #[serde(default)]
    pub absent: Absent,
    /// The change that this one undoes; for the history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<ChangeId>,
    /// The snapshot that this one brings back; for the history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restores: Option<SnapshotId>,
}

/// What a change would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Preview {
    /// What it would do to each target, in the order asked.
    pub targets: Vec<TargetPreview>,
}

/// What a change would do to one target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct TargetPreview {
    /// The server.
    pub server: ServerId,
    /// Which of its daemons.
    pub family: Family,
    /// The hash that Kea has now; an apply should be based on it. `None`: it does not answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// Why it does not answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<String>,
    /// What the change does to the configuration that Kea has now.
    pub differences: Vec<Difference>,
    /// Whether the configuration is another one than the edits were based on.
    pub changed_meanwhile: bool,
    /// What somebody else changed since; empty when Perch no longer has the earlier configuration.
    pub external: Vec<Difference>,
    /// What Perch's rules say about the result.
    pub diagnostics: Vec<Diagnostic>,
    /// What Kea's `config-test` says about the result; `None`: it does not answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kea: Option<KeaSaid>,
    /// What else the operator should know before going on, such as an HA restart.
    pub notes: Vec<String>,
}

/// A change of one target as commands for Kea.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct TargetCommands {
    /// The server.
    pub server: ServerId,
    /// Which of its daemons.
    pub family: Family,
    /// The commands, in order; none where the daemon does not answer.
    pub commands: Vec<Command>,
}

/// One step of carrying a change out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ApplyPhase {
    /// Read the running configuration and compare its hash.
    Compare,
    /// Have Kea check the new configuration.
    ConfigTest,
    /// Have the HA partner serve this server's clients as well.
    Lend,
    /// Have Kea run it.
    ConfigSet,
    /// Read it back and compare it with what was meant.
    ReadBack,
    /// Wait for the HA pair, and have the partner serve its own clients only again.
    TakeBack,
    /// Have Kea write it to its file.
    ConfigWrite,
    /// Give Kea its earlier configuration again, after a failure.
    PutBack,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ApplyStep {
    /// Which step.
    pub phase: ApplyPhase,
    /// Whether it succeeded.
    pub done: bool,
    /// What happened; Kea's own words where it answered.
    pub text: String,
    /// What to do, when it did not succeed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

/// How a change went at one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct TargetReport {
    /// The server.
    pub server: ServerId,
    /// Which of its daemons.
    pub family: Family,
    /// How it ended there.
    pub outcome: Outcome,
    /// The steps that were taken, in order.
    pub steps: Vec<ApplyStep>,
    /// The hash of the running configuration afterwards, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// The file that Kea wrote it to; `None`: a restart of Kea would lose the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
}

impl TargetReport {
    /// A target at which nothing has happened yet.
    pub fn new(server: ServerId, family: Family) -> Self {
        Self { server, family, outcome: Outcome::Refused, steps: Vec::new(), hash: None, written: None }
    }
}

/// How a change went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ApplyReport {
    /// Its name in the history; `None`: it was refused before anything was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ChangeId>,
    /// How it ended as a whole.
    pub outcome: Outcome,
    /// How it went at each target, in the order asked.
    pub targets: Vec<TargetReport>,
}

/// Something that was found half-done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Recovery {
    /// The change's name in the history.
    pub id: ChangeId,
    /// Who made it.
    pub who: Who,
    /// When it was begun: RFC 3339, UTC.
    pub begun: String,
    /// The edits, in words.
    pub edits: Vec<String>,
    /// Whether it is settled; otherwise Perch goes on trying.
    pub settled: bool,
    /// What became of the whole change, in one sentence.
    pub text: String,
    /// What each target runs.
    pub targets: Vec<TargetReport>,
}

/// A change that a daemon missed because it did not answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Missed {
    /// The server.
    pub server: ServerId,
    /// Which of its daemons.
    pub family: Family,
    /// The change's name in the history.
    pub of: ChangeId,
    /// Who made it.
    pub who: Who,
    /// When: RFC 3339, UTC.
    pub time: String,
    /// The operator's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// What was changed elsewhere, in words.
    pub edits: Vec<String>,
}
