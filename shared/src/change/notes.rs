//! What an operator should know before a configuration is replaced.

use super::pair::{HEARTBEAT_DELAY, relationships};
use crate::{
    config::Config,
    status::{config_backend_reason, has_config_backend},
};
use serde_json::Value;

/// How long a silent partner is waited for, in milliseconds.
/// Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/hooks-ha.html>.
const MAX_RESPONSE_DELAY: u64 = 60_000;

/// How a change reaches a daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// By one command of a hook, which no client notices.
    Hook,
    /// By `config-set`.
    Set {
        /// Perch reaches the HA partner too, and can have it serve meanwhile.
        with_partner: bool,
    },
}

/// What a change, and the `config-write` after it, does beyond the edits themselves.
pub fn notes(config: &Config, means: Means) -> Vec<String> {
    let mut notes = match means {
        Means::Hook => Vec::new(),
        Means::Set { with_partner } => of_set(config, with_partner),
    };
    if has_config_backend(&config.root) {
        let reason = config_backend_reason();
        notes.push(format!("{} {}", reason.text, reason.help));
    }
    notes.push("Kea writes its file anew: comments in it and `<?include?>` are lost.".to_owned());
    notes
}

/// What replacing the running configuration does.
fn of_set(config: &Config, with_partner: bool) -> Vec<String> {
    let mut notes = Vec::new();
    for relationship in relationships(&config.root) {
        notes.extend(if with_partner { ha_lent(relationship) } else { ha_restart(relationship) });
    }
    let leases = config.root.get("lease-database");
    if leases.and_then(|database| database.get("persist")) == Some(&Value::Bool(false)) {
        notes.push(
            "All leases are lost: `lease-database` has `persist` false, so they are only in memory."
                .to_owned(),
        );
    }
    notes
}

/// Nobody notices, but it takes its time.
fn ha_lent(relationship: &Value) -> Option<String> {
    let text = |key| relationship.get(key).and_then(Value::as_str);
    let name = text("this-server-name").unwrap_or("this server");
    matches!(text("mode")?, "hot-standby" | "load-balancing").then(|| {
        format!(
            "High availability of `{name}` starts anew. Its partner serves all clients meanwhile, so the change takes \
             a few heartbeats longer."
        )
    })
}

fn ha_restart(relationship: &Value) -> Option<String> {
    let text = |key| relationship.get(key).and_then(Value::as_str);
    let seconds =
        |key, default| relationship.get(key).and_then(Value::as_u64).unwrap_or(default).div_ceil(1000);
    let name = text("this-server-name").unwrap_or("this server");
    let (heartbeat, silence) =
        (seconds("heartbeat-delay", HEARTBEAT_DELAY), seconds("max-response-delay", MAX_RESPONSE_DELAY));
    let gap = match (text("mode")?, role(relationship)) {
        ("hot-standby", Some("primary")) => format!("nobody answers clients for about {heartbeat} s"),
        ("hot-standby", _) => "the primary goes on answering clients".to_owned(),
        ("load-balancing", _) => format!("about half of the clients get no answer for about {heartbeat} s"),
        _ => return None,
    };
    Some(format!(
        "High availability of `{name}` starts anew: {gap}. When its partner is down, Perch has it go on alone; should \
         that fail, nobody answers for up to {silence} s. The partner keeps its configuration until it gets the \
         same change."
    ))
}

/// The role of the server whose configuration this is.
fn role(relationship: &Value) -> Option<&str> {
    let own = relationship.get("this-server-name")?;
    let peers = relationship.get("peers")?.as_array()?;
    peers.iter().find(|peer| peer.get("name") == Some(own))?.get("role")?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Family;
    use serde_json::json;

    fn told(root: Value) -> String {
        notes(&Config { family: Family::V4, root }, Means::Set { with_partner: false }).join("\n")
    }

    fn ha(mode: &str, own: &str) -> Value {
        let peers = json!([{"name": "a", "role": "primary"}, {"name": "b", "role": "standby"}]);
        let relationship =
            json!({"mode": mode, "this-server-name": own, "heartbeat-delay": 2500, "peers": peers});
        json!({"hooks-libraries": [{"library": "x"}, {"parameters": {"high-availability": [relationship]}}]})
    }

    #[test]
    fn an_ha_restart_is_told_with_its_length() {
        assert!(
            told(ha("hot-standby", "a")).contains("`a` starts anew: nobody answers clients for about 3 s")
        );
        assert!(told(ha("hot-standby", "b")).contains("the primary goes on answering"));
        assert!(told(ha("load-balancing", "a")).contains("half of the clients"));
        assert!(told(ha("hot-standby", "a")).contains("up to 60 s"));
    }

    #[test]
    fn a_partner_that_serves_meanwhile_is_told() {
        let config = Config { family: Family::V4, root: ha("hot-standby", "a") };
        let told = |means| notes(&config, means).join("\n");
        assert!(told(Means::Set { with_partner: true }).contains("Its partner serves all clients meanwhile"));
        assert!(!told(Means::Hook).contains("High availability"), "a hook's command restarts nothing");
    }

    #[test]
    fn leases_in_memory_are_told() {
        assert!(
            told(json!({"lease-database": {"type": "memfile", "persist": false}}))
                .contains("leases are lost")
        );
        assert!(
            !told(json!({"lease-database": {"type": "memfile", "persist": true}}))
                .contains("leases are lost")
        );
    }

    #[test]
    fn a_database_behind_the_configuration_is_told() {
        let databases = json!({"config-control": {"config-databases": [{"type": "mysql", "name": "kea"}]}});
        assert!(told(databases).contains("from a database"));
        assert!(!told(json!({"config-control": {"config-fetch-wait-time": 30}})).contains("from a database"));
    }

    #[test]
    fn odd_forms_are_no_ha() {
        for root in [
            json!({}),
            json!({"hooks-libraries": {}}),
            json!({"hooks-libraries": [{"parameters": {"high-availability": [5]}}]}),
        ] {
            assert!(!told(root).contains("High availability"));
        }
    }
}
