//! Whether a daemon that answers also serves clients.

use serde_json::Value;

/// How long a daemon has been running.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// Seconds since it was started.
    pub uptime: Option<u64>,
    /// Seconds since it last loaded a configuration.
    pub reload: Option<u64>,
}

/// Reads the arguments of `status-get`.
pub fn times(status: &Value) -> Times {
    let seconds = |key: &str| status.get(key).and_then(Value::as_u64);
    Times { uptime: seconds("uptime"), reload: seconds("reload") }
}

/// Something that is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong: one sentence.
    pub reason: String,
    /// What to do about it.
    pub help: String,
}

impl Trouble {
    fn new(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: help.into() }
    }
}

/// Reads the arguments of `status-get`. Kea 2.2 does not say whether its service is disabled.
pub fn service_trouble(status: &Value) -> Option<Trouble> {
    disabled(status).or_else(|| sockets(status))
}

fn disabled(status: &Value) -> Option<Trouble> {
    let state = status.get("dhcp-state")?;
    let flag = |key: &str| state.get(key).and_then(Value::as_bool).unwrap_or(false);
    let filled = |key: &str| state.get(key).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    if flag("disabled-by-user") {
        return Some(Trouble::new(
            "The DHCP service was disabled by a command: no client is served.",
            "Send `dhcp-enable`.",
        ));
    }
    if filled("disabled-by-db-connection") {
        return Some(Trouble::new(
            "The DHCP service is disabled because a database connection is lost.",
            "Check that the lease or host database runs and that the network to it works; Kea's log names it.",
        ));
    }
    if filled("disabled-by-local-command") || filled("disabled-by-remote-command") {
        return Some(Trouble::new(
            "The DHCP service is disabled by HA while leases are being synchronised.",
            "Wait until the synchronisation is over. If it does not end, send `dhcp-enable` with the same `origin-id`.",
        ));
    }
    flag("globally-disabled")
        .then(|| Trouble::new("The DHCP service is disabled: no client is served.", "Send `dhcp-enable`."))
}

fn sockets(status: &Value) -> Option<Trouble> {
    let sockets = status.get("sockets")?;
    let state = sockets.get("status").and_then(Value::as_str)?;
    if state == "ready" {
        return None;
    }
    let errors: Vec<&str> = sockets
        .get("errors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|error| error.as_str().or_else(|| error.get("error").and_then(Value::as_str)))
        .collect();
    let causes = if errors.is_empty() { String::new() } else { format!(": {}", errors.join("; ")) };
    Some(Trouble::new(
        format!("DHCP sockets are not all open (`{state}`){causes}."),
        "Check that the interfaces in `interfaces-config` exist and are up, and that nothing else uses the DHCP port; \
         then reload the configuration.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_serving_daemon_has_no_trouble() {
        let status = json!({"dhcp-state": {"disabled-by-db-connection": [], "disabled-by-local-command": [],
            "disabled-by-remote-command": [], "disabled-by-user": false, "globally-disabled": false},
            "sockets": {"status": "ready"}});
        assert_eq!(service_trouble(&status), None);
        assert_eq!(service_trouble(&json!({"sockets": {"status": "ready"}})), None, "Kea 2.2");
        assert_eq!(service_trouble(&json!(null)), None);
    }

    #[test]
    fn says_who_disabled_it() {
        for (state, word) in [
            (json!({"disabled-by-user": true, "globally-disabled": true}), "command"),
            (json!({"disabled-by-db-connection": [1], "globally-disabled": true}), "database"),
            (json!({"disabled-by-remote-command": [1], "globally-disabled": true}), "HA"),
            (json!({"globally-disabled": true}), "disabled"),
        ] {
            let trouble = service_trouble(&json!({"dhcp-state": state})).unwrap();
            assert!(trouble.reason.contains(word), "{}", trouble.reason);
        }
    }

    #[test]
    fn says_that_sockets_are_missing() {
        let trouble =
            service_trouble(&json!({"sockets": {"status": "retrying", "errors": ["eth7 is not running"]}}))
                .unwrap();
        assert!(trouble.reason.contains("retrying") && trouble.reason.contains("eth7"));
    }
}
