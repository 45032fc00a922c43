//! Daemons that take a part of their configuration from a database.

use super::json::list;
use crate::api::{Reason, ReasonCode};
use serde_json::Value;

/// Whether the daemon with this configuration (the map under `Dhcp4` or `Dhcp6`) merges what a database holds into it.
pub fn has_config_backend(config: &Value) -> bool {
    config.get("config-control").is_some_and(|control| !list(control, "config-databases").is_empty())
}

/// What that means for whoever changes it.
pub fn config_backend_reason() -> Reason {
    Reason {
        code: ReasonCode::ConfigBackend,
        text: "It takes a part of its configuration from a database (`config-control`).".to_owned(),
        help: "Kea prints both parts as one. A change through Perch writes what came from the database into Kea's file \
               too, where it stays when the database loses it. Change what the database holds with the tool that fills it."
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_database_feeds_whoever_names_one() {
        assert!(has_config_backend(&json!({"config-control": {"config-databases": [{"type": "mysql"}]}})));
        for other in
            [json!({}), json!({"config-control": {"config-databases": []}}), json!({"config-control": 5})]
        {
            assert!(!has_config_backend(&other), "{other}");
        }
    }
}
