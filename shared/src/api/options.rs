//! Reading a daemon's global options.

use super::{ServerId, endpoint};
use crate::{
    Family, KeaVersion,
    option::{OptionData, OptionDef},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

endpoint!(
    /// The daemon's global options as they are now.
    GetOptions for Viewer, Get, "/api/v1/servers/{id}/daemons/{family}/options", (id: ServerId, family: Family), () => OptionsView
);

/// A daemon's global options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// An edit whose object somebody else changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Conflict {
    /// Which of the edits, counted from 0.
    pub index: usize,
    /// Whose edit it is, where the targets have edits of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<(ServerId, Family)>,
    /// The edit, in words.
    pub edit: String,
    /// The place, as differences name places.
    pub place: String,
    /// What stands against it, in words without a stop.
    pub why: String,
    /// What the edit wanted to find; `None`: nothing. Secrets are hidden here and below.
    pub expected: Option<Value>,
    /// What is there now; `None`: nothing.
    pub found: Option<Value>,
    /// What the edit would have left; `None`: nothing.
    pub wanted: Option<Value>,
}

impl Conflict {
    /// The three sides of a conflict over an option: what was expected, what was found, what was wanted.
    pub fn options(&self) -> [Option<OptionData>; 3] {
        [&self.expected, &self.found, &self.wanted].map(|side| OptionData::deserialize(side.as_ref()?).ok())
    }
}
