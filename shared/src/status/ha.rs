//! HA relationships: what the configuration says joined with what the daemon says.

use super::{
    advice::advice,
    json::{list, text},
};
use crate::api::{HaPeer, HaRelationship};
use serde_json::Value;

/// The daemon's HA relationships: `config` is the map under `Dhcp4` or `Dhcp6`, `status` the arguments of
/// `status-get`. Names, roles and URLs come from the configuration (Kea 2.2 reports no names), states from the
/// daemon.
pub fn relationships(config: &Value, status: &Value) -> Vec<HaRelationship> {
    let reported = list(status, "high-availability");
    let configured = list(config, "hooks-libraries")
        .iter()
        .filter_map(|hook| hook.get("parameters"))
        .flat_map(|parameters| list(parameters, "high-availability"));
    configured.enumerate().map(|(index, entry)| relationship(entry, find(reported, entry, index))).collect()
}

/// The report on a relationship: the one that names its server and partner, else the one at the same place.
fn find<'a>(reported: &'a [Value], entry: &Value, index: usize) -> Option<&'a Value> {
    let this = text(entry, "this-server-name");
    let partner = partner(entry).map(|peer| text(peer, "name"));
    let named = reported.iter().find(|report| {
        server_name(report, "local") == Some(this)
            && (partner.is_none() || server_name(report, "remote") == partner)
    });
    named.or_else(|| reported.get(index))
}

/// A server's name as `status-get` reports it; Kea 2.2 does not.
fn server_name<'a>(report: &'a Value, side: &str) -> Option<&'a str> {
    let server = report.get("ha-servers")?.get(side)?;
    Some(text(server, "server-name")).filter(|name| !name.is_empty())
}

fn relationship(entry: &Value, report: Option<&Value>) -> HaRelationship {
    let servers = report.and_then(|report| report.get("ha-servers"));
    let this_name = text(entry, "this-server-name");
    let this = list(entry, "peers").iter().find(|peer| text(peer, "name") == this_name);
    let local = servers.and_then(|servers| servers.get("local"));
    let remote = servers.and_then(|servers| servers.get("remote"));
    let passive = text(entry, "mode") == "passive-backup";
    let partner = if passive { None } else { partner(entry) };
    let mut relationship = HaRelationship {
        mode: text(entry, "mode").to_owned(),
        healthy: false,
        advice: None,
        local: peer(this_name, this, local, ("state", "scopes")),
        remote: partner
            .map(|found| peer(text(found, "name"), Some(found), remote, ("last-state", "last-scopes"))),
        communication_interrupted: remote
            .and_then(|remote| remote.get("communication-interrupted"))
            .and_then(Value::as_bool)
            .unwrap_or(false),
        clock_skew: remote.and_then(|remote| remote.get("clock-skew")).and_then(Value::as_i64),
    };
    relationship.advice = advice(&relationship);
    relationship.healthy = relationship.advice.is_none();
    relationship
}

/// The peer that this server exchanges heartbeats with. A backup server has none of its own: it names the primary.
fn partner(entry: &Value) -> Option<&Value> {
    let this = text(entry, "this-server-name");
    list(entry, "peers").iter().find(|peer| text(peer, "name") != this && text(peer, "role") != "backup")
}

fn peer(
    name: &str,
    configured: Option<&Value>,
    said: Option<&Value>,
    (state, scopes): (&str, &str),
) -> HaPeer {
    let said_text = |key: &str| said.map(|said| text(said, key)).filter(|text| !text.is_empty());
    let configured_text = |key: &str| configured.map(|peer| text(peer, key)).filter(|text| !text.is_empty());
    HaPeer {
        name: name.to_owned(),
        role: configured_text("role").or_else(|| said_text("role")).unwrap_or_default().to_owned(),
        state: said_text(state).unwrap_or("unknown").to_owned(),
        scopes: said
            .map(|said| list(said, scopes))
            .unwrap_or_default()
            .iter()
            .filter_map(|scope| scope.as_str().map(str::to_owned))
            .collect(),
        url: configured_text("url").map(without_credentials),
    }
}

/// A peer's URL must not carry a password to the page.
fn without_credentials(url: &str) -> String {
    match url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?.1))) {
        Some((scheme, rest)) => format!("{scheme}://{rest}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn config(mode: &str) -> Value {
        json!({"hooks-libraries": [
            {"library": "libdhcp_lease_cmds.so"},
            {"library": "libdhcp_ha.so", "parameters": {"high-availability": [{
                "this-server-name": "server1", "mode": mode,
                "peers": [
                    {"name": "server1", "url": "http://192.0.2.1:8001/", "role": "primary"},
                    {"name": "spare", "url": "http://192.0.2.3:8001/", "role": "backup"},
                    {"name": "server2", "url": "http://kea:secret@192.0.2.2:8001/", "role": "standby",
                     "basic-auth-password": "secret"},
                ]}]}},
        ]})
    }

    fn status(local: &str, remote: Value) -> Value {
        json!({"high-availability": [{"ha-mode": "hot-standby", "ha-servers": {
            "local": {"role": "primary", "scopes": ["server1"], "state": local}, "remote": remote}}]})
    }

    #[test]
    fn joins_names_and_states_as_kea_2_2_reports_them() {
        let remote = json!({"age": 0, "communication-interrupted": false, "in-touch": true, "last-scopes": [],
            "last-state": "hot-standby", "role": "standby"});
        let found = relationships(&config("hot-standby"), &status("hot-standby", remote));
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert!(only.healthy && only.advice.is_none());
        assert_eq!((only.local.name.as_str(), only.local.state.as_str()), ("server1", "hot-standby"));
        assert_eq!(only.local.scopes, ["server1"]);
        let partner = only.remote.as_ref().unwrap();
        assert_eq!((partner.name.as_str(), partner.role.as_str()), ("server2", "standby"));
        assert_eq!(partner.url.as_deref(), Some("http://192.0.2.2:8001/"));
        assert!(!format!("{found:?}").contains("secret"));
    }

    #[test]
    fn a_lost_partner_is_not_healthy() {
        let remote = json!({"communication-interrupted": true, "in-touch": true, "last-state": "unavailable",
            "clock-skew": null, "system-time": null});
        let found = relationships(&config("hot-standby"), &status("partner-down", remote));
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert!(!only.healthy && only.communication_interrupted && only.advice.is_some());
        assert_eq!(only.clock_skew, None);
    }

    #[test]
    fn a_hook_that_says_nothing_is_not_healthy() {
        let found = relationships(&config("hot-standby"), &json!({}));
        assert_eq!(found.len(), 1);
        assert!(!found[0].healthy);
        assert_eq!(found[0].local.state, "unknown");
    }

    #[test]
    fn passive_backup_has_no_partner() {
        let status = json!({"high-availability": [{"ha-mode": "passive-backup", "ha-servers": {
            "local": {"role": "primary", "scopes": ["server1"], "server-name": "server1", "state": "passive-backup"}}}]});
        let found = relationships(&config("passive-backup"), &status);
        assert!(found[0].healthy && found[0].remote.is_none());
    }

    #[test]
    fn reports_are_matched_by_name_in_a_hub() {
        let entry = |partner: &str| {
            json!({"this-server-name": "hub", "mode": "hot-standby", "peers": [
                {"name": "hub", "url": "http://192.0.2.1/", "role": "standby"},
                {"name": partner, "url": "http://192.0.2.2/", "role": "primary"}]})
        };
        let report = |partner: &str, state: &str| {
            json!({"ha-mode": "hot-standby", "ha-servers": {"local": {"server-name": "hub", "state": state},
                "remote": {"server-name": partner, "last-state": state}}})
        };
        let config = json!({"hooks-libraries": [{"library": "libdhcp_ha.so",
            "parameters": {"high-availability": [entry("a"), entry("b")]}}]});
        let status = json!({"high-availability": [report("b", "waiting"), report("a", "hot-standby")]});
        let states: Vec<_> = relationships(&config, &status)
            .into_iter()
            .map(|found| (found.remote.unwrap().name, found.local.state))
            .collect();
        assert_eq!(states, [("a".into(), "hot-standby".into()), ("b".into(), "waiting".into())]);
    }

    #[test]
    fn a_daemon_without_ha_has_no_relationships() {
        assert_eq!(relationships(&json!({"subnet4": []}), &json!({"pid": 1})), []);
    }
}
