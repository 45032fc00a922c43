//! A configuration as it travels: out of the answer to `config-get`, into the arguments of `config-set`.

use super::Config;
use crate::Family;
use serde_json::{Map, Value};

/// Why the arguments of an answer hold no configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The arguments are not a map.
    #[error("the answer to `config-get` has no map of arguments")]
    NotAMap,
    /// The arguments hold another daemon's configuration, or none.
    #[error("the answer to `config-get` has no map `{0}`")]
    Missing(&'static str),
}

impl Config {
    /// Takes the configuration, and the hash that Kea ≥ 2.4 puts beside it, out of the arguments of an answer to
    /// `config-get`. Kea refuses the hash when it is sent back.
    ///
    /// # Errors
    /// When the arguments hold no map for `family`.
    pub fn from_answer(family: Family, mut arguments: Value) -> Result<(Self, Option<String>), ConfigError> {
        let map = arguments.as_object_mut().ok_or(ConfigError::NotAMap)?;
        let hash = map.remove("hash").and_then(|hash| hash.as_str().map(str::to_owned));
        match map.remove(family.root_key()) {
            Some(root @ Value::Object(_)) => Ok((Self { family, root }, hash)),
            _ => Err(ConfigError::Missing(family.root_key())),
        }
    }

    /// The arguments for `config-test` and `config-set`.
    pub fn to_arguments(&self) -> Value {
        Value::Object(Map::from_iter([(self.family.root_key().to_owned(), self.root.clone())]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_hash_is_taken_out() {
        let (config, hash) =
            Config::from_answer(Family::V4, json!({"Dhcp4": {"renew-timer": 1}, "hash": "AB"})).unwrap();
        assert_eq!(hash.as_deref(), Some("AB"));
        assert_eq!(config.to_arguments(), json!({"Dhcp4": {"renew-timer": 1}}));
        assert_eq!(Config::from_answer(Family::V6, json!({"Dhcp6": {}})).unwrap().1, None);
    }

    #[test]
    fn another_daemons_configuration_is_an_error() {
        for arguments in [json!({"Dhcp6": {}}), json!({"Dhcp4": []}), json!({}), json!({"hash": "AB"})] {
            assert_eq!(Config::from_answer(Family::V4, arguments), Err(ConfigError::Missing("Dhcp4")));
        }
        assert_eq!(Config::from_answer(Family::V4, Value::Null), Err(ConfigError::NotAMap));
    }

    #[test]
    fn a_control_socket_is_found_under_both_names() {
        let keeps = |root| Config { family: Family::V4, root }.keeps_control_socket();
        assert!(keeps(json!({"control-socket": {"socket-type": "unix", "socket-name": "kea4.sock"}})));
        assert!(keeps(json!({"control-sockets": [{"socket-type": "http"}]})));
        for root in [
            json!({}),
            json!({"control-sockets": []}),
            json!({"control-socket": {}}),
            json!({"control-socket": null}),
        ] {
            assert!(!keeps(root.clone()), "{root}");
        }
    }
}
