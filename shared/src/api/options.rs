//! Reading a daemon's global options, and changing them.

use super::{KeaSaid, ServerId, endpoint};
use crate::{
    Family, KeaVersion,
    change::{Difference, Edit},
    diagnostic::Diagnostic,
    option::{OptionData, OptionDef},
};
use serde::{Deserialize, Serialize};

endpoint!(
    /// The daemon's global options as they are now.
    GetOptions for Viewer, Get, "/api/v1/servers/{id}/daemons/{family}/options", (id: ServerId, family: Family), () => OptionsView
);
endpoint!(
    /// What a change would do: merges it into what Kea has now, checks it with Perch's rules and with
    /// `config-test`, and changes nothing.
    PreviewChange for Viewer, Post, "/api/v1/servers/{id}/daemons/{family}/preview", (id: ServerId, family: Family), ChangeRequest => Preview
);
endpoint!(
    /// Carries a change out. `based-on` must be the hash that Kea has now: the one of the preview that was shown.
    ApplyChange for Operator, Post, "/api/v1/servers/{id}/daemons/{family}/apply", (id: ServerId, family: Family), ChangeRequest => ApplyReport
);

/// A daemon's global options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct OptionsView {
    /// Which daemon.
    pub family: Family,
    /// Its version, which decides what it accepts.
    pub version: KeaVersion,
    /// The hash of the configuration this was read from.
    pub hash: String,
    /// The global `option-data`.
    pub options: Vec<OptionData>,
    /// The global `option-def`.
    pub definitions: Vec<OptionDef>,
}

/// A list of edits, based on a configuration that somebody saw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChangeRequest {
    /// The hash of the configuration that was seen.
    pub based_on: String,
    /// What to change, in order.
    pub edits: Vec<Edit>,
}

/// What a change would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Preview {
    /// The hash that Kea has now; an apply must be based on it.
    pub hash: String,
    /// What the change does to the configuration that Kea has now.
    pub differences: Vec<Difference>,
    /// Whether the configuration is another one than the edits were based on.
    pub changed_meanwhile: bool,
    /// What somebody else changed since; empty when Perch no longer has the earlier configuration.
    pub external: Vec<Difference>,
    /// What Perch's rules say about the result.
    pub diagnostics: Vec<Diagnostic>,
    /// What Kea's `config-test` says about the result.
    pub kea: KeaSaid,
    /// What else the operator should know before going on, such as an HA restart.
    pub notes: Vec<String>,
}

/// An edit whose object somebody else changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Conflict {
    /// The edit, in words.
    pub edit: String,
    /// What the edit wanted to find; `None`: nothing.
    pub expected: Option<OptionData>,
    /// What is there now; `None`: nothing.
    pub found: Option<OptionData>,
    /// What the edit would have left; `None`: nothing.
    pub wanted: Option<OptionData>,
}

/// One step of carrying a change out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApplyPhase {
    /// Read the running configuration and compare its hash.
    Compare,
    /// Have Kea check the new configuration.
    ConfigTest,
    /// Have Kea run it.
    ConfigSet,
    /// Read it back and compare it with what was meant.
    ReadBack,
    /// Have Kea write it to its file.
    ConfigWrite,
    /// Give Kea its earlier configuration again, after a failure.
    PutBack,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// How a change went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ApplyReport {
    /// The steps that were taken, in order.
    pub steps: Vec<ApplyStep>,
    /// The hash of the running configuration afterwards, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// The file that Kea wrote it to; `None`: it runs, but a restart of Kea would lose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
}
