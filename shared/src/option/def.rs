//! `option-def`: what an option is.

use super::OptionType;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An option definition, as in Kea's `option-def` list. Keys that Perch does not know are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct OptionDef {
    /// The option's code in its space.
    pub code: u16,
    /// The option's name in its space.
    pub name: String,
    /// The option space it belongs to; empty: the daemon's standard space. Kea refuses an empty one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub space: String,
    /// The type of its value.
    #[serde(rename = "type")]
    pub kind: OptionType,
    /// Whether the value repeats.
    #[serde(default)]
    pub array: bool,
    /// The fields of a record, joined by commas as Kea writes them; empty otherwise.
    #[serde(default)]
    pub record_types: String,
    /// The option space of its sub-options; empty: none.
    #[serde(default)]
    pub encapsulate: String,
    /// Whatever else stands there.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}
