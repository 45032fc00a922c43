//! Reading a daemon's configuration: all of it, or the part that one object lives in.

use super::{Ids, ServerId, endpoint};
use crate::{Family, KeaVersion, config::Config};
use serde::{Deserialize, Serialize};
use serde_json::Value;

endpoint!(
    /// What the daemon runs now, as `config-get` says it, with inherited values left out again and `••••` in place of
    /// secrets. Edits may carry `••••`: there it means the secret that is there.
    GetConfiguration for Viewer, Get, "/api/v1/servers/{id}/daemons/{family}/configuration", (id: ServerId, family: Family), ConfigurationQuery => ConfigurationView
);

/// How much of the configuration is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// All of it.
    #[default]
    Whole,
    /// Without subnets and without global reservations: what stands around them. Shared networks are there, empty.
    Frame,
}

/// Which part of the configuration is wanted. What is asked for is a configuration of its own that Kea would take.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct ConfigurationQuery {
    /// How much.
    #[serde(skip_serializing_if = "is_whole")]
    pub part: Part,
    /// In a frame: the subnets with these ids, too.
    #[serde(skip_serializing_if = "Ids::is_empty")]
    pub subnets: Ids,
    /// In a frame: the subnets of the shared network with this name, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// In a frame: the global reservations, too.
    #[serde(skip_serializing_if = "is_false", deserialize_with = "super::query::flag")]
    #[cfg_attr(feature = "schema", schemars(with = "bool"))]
    pub reservations: bool,
}

fn is_whole(part: &Part) -> bool {
    *part == Part::Whole
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// What a daemon runs, or a part of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ConfigurationView {
    /// Which daemon.
    pub family: Family,
    /// Its version, which decides what it accepts.
    pub version: KeaVersion,
    /// The hash of the whole configuration.
    pub hash: String,
    /// The map below `Dhcp4` or `Dhcp6`.
    pub config: Value,
}

impl ConfigurationView {
    /// The configuration.
    pub fn into_config(self) -> Config {
        Config { family: self.family, root: self.config }
    }
}

impl ConfigurationQuery {
    /// The frame.
    pub fn frame() -> Self {
        Self { part: Part::Frame, ..Self::default() }
    }

    /// The frame with one subnet.
    pub fn with_subnet(id: u64) -> Self {
        Self::with_subnets(Ids::from_iter([id]))
    }

    /// The frame with several subnets.
    pub fn with_subnets(subnets: Ids) -> Self {
        Self { subnets, ..Self::frame() }
    }

    /// Takes out of a configuration what is not wanted.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{Family, api::ConfigurationQuery, config::Config};
    /// use serde_json::json;
    /// let root = json!({"valid-lifetime": 4000, "subnet4": [{"id": 1}, {"id": 2}], "reservations": [{}]});
    /// let mut config = Config { family: Family::V4, root };
    /// ConfigurationQuery::with_subnet(2).narrow(&mut config);
    /// assert_eq!(config.root, json!({"valid-lifetime": 4000, "subnet4": [{"id": 2}]}));
    /// ```
    pub fn narrow(&self, config: &mut Config) {
        if self.part == Part::Whole {
            return;
        }
        let list = config.family.subnet_key();
        let Some(root) = config.root.as_object_mut() else { return };
        if !self.reservations {
            root.remove("reservations");
        }
        self.keep_wanted(root.get_mut(list));
        for network in root.get_mut("shared-networks").and_then(Value::as_array_mut).into_iter().flatten() {
            if self.network.is_none()
                || network.get("name").and_then(Value::as_str) != self.network.as_deref()
            {
                self.keep_wanted(network.get_mut(list));
            }
        }
    }

    fn keep_wanted(&self, subnets: Option<&mut Value>) {
        let wanted = |subnet: &Value| {
            subnet.get("id").and_then(Value::as_u64).is_some_and(|id| self.subnets.contains(id))
        };
        if let Some(Value::Array(subnets)) = subnets {
            subnets.retain(wanted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn narrowed(query: &ConfigurationQuery) -> Value {
        let root = json!({
            "option-data": [{"code": 6}],
            "reservations": [{"hw-address": "010203040506"}],
            "subnet4": [{"id": 1}, {"id": 2}],
            "shared-networks": [{"name": "a", "subnet4": [{"id": 3}, {"id": 4}]}, {"name": "b", "subnet4": [{"id": 5}]}, {"name": "c"}],
        });
        let mut config = Config { family: Family::V4, root };
        query.narrow(&mut config);
        config.root
    }

    #[test]
    fn a_frame_has_what_stands_around_the_subnets() {
        let frame = narrowed(&ConfigurationQuery::frame());
        let expected = json!({
            "option-data": [{"code": 6}],
            "subnet4": [],
            "shared-networks": [{"name": "a", "subnet4": []}, {"name": "b", "subnet4": []}, {"name": "c"}],
        });
        assert_eq!(frame, expected);
        let with = narrowed(&ConfigurationQuery { reservations: true, ..ConfigurationQuery::frame() });
        assert_eq!(with["reservations"][0]["hw-address"], "010203040506");
    }

    #[test]
    fn subnets_or_one_network_come_along() {
        let one = narrowed(&ConfigurationQuery::with_subnet(4));
        assert_eq!(one["subnet4"], json!([]));
        assert_eq!(one["shared-networks"][0]["subnet4"], json!([{"id": 4}]));
        let two = narrowed(&ConfigurationQuery::with_subnets([5, 2].into_iter().collect()));
        assert_eq!(two["subnet4"], json!([{"id": 2}]));
        assert_eq!(two["shared-networks"][1]["subnet4"], json!([{"id": 5}]));
        let network = ConfigurationQuery { network: Some("a".to_owned()), ..ConfigurationQuery::frame() };
        let one = narrowed(&network);
        assert_eq!(one["shared-networks"][0]["subnet4"], json!([{"id": 3}, {"id": 4}]));
        assert_eq!(one["shared-networks"][1]["subnet4"], json!([]));
        let all = ConfigurationQuery::default();
        assert_eq!(narrowed(&all)["subnet4"], json!([{"id": 1}, {"id": 2}]));
    }
}
