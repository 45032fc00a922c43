//! `option-data`: the value of an option.

use crate::Family;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An option's value, as in Kea's `option-data` list. Keys that Perch does not know are kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct OptionData {
    /// The option's code; without it the name decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// The option's name; empty: the code decides.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The option space; empty: the daemon's standard space.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub space: String,
    /// The value's text. An empty one is not written: to Kea the two are the same, except beside `never-send`, where
    /// only a missing one is accepted.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub data: String,
    /// Whether `data` holds values separated by commas (Kea's default), or hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csv_format: Option<bool>,
    /// Whether Kea sends the option to clients that did not ask for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub always_send: Option<bool>,
    /// Whether Kea never sends the option (Kea ≥ 2.4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub never_send: Option<bool>,
    /// Whatever else stands there, such as `user-context` and `client-classes`.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl OptionData {
    /// The classes whose clients get it; none: all clients (Kea ≥ 2.7.4).
    pub fn classes(&self) -> Vec<&str> {
        let classes = self.rest.get("client-classes").and_then(Value::as_array);
        classes.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The option space, with the default filled in: the daemon's standard space.
    pub fn space_or_default(&self, family: Family) -> &str {
        if self.space.is_empty() { family.service() } else { &self.space }
    }
}
