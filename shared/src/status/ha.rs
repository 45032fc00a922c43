//! HA relationships: what the configuration says joined with what the daemon says.

use super::{
    advice::advice,
    json::{list, text},
};
use crate::api::{HaContact, HaPeer, HaRelationship};
use serde_json::Value;

/// One HA relationship as a configuration sets it, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HaSettings {
    /// `hot-standby`, `load-balancing` or `passive-backup`.
    pub mode: String,
    /// The name in `peers` of the server whose configuration this is.
    pub this: String,
    /// The members, in their order.
    pub peers: Vec<HaPeerSettings>,
    /// Milliseconds between heartbeats.
    pub heartbeat_delay: u64,
    /// Milliseconds that a silent partner is waited for.
    pub max_response_delay: u64,
}

/// One member of an HA relationship as a configuration sets it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HaPeerSettings {
    /// Its name.
    pub name: String,
    /// Where its partners reach it, without credentials.
    pub url: String,
    /// `primary`, `secondary`, `standby` or `backup`.
    pub role: String,
}

/// Milliseconds between heartbeats, and those that a silent partner is waited for, where nobody sets them. Source:
/// <https://kea.readthedocs.io/en/kea-3.0.0/arm/hooks.html#load-balancing-configuration>.
const DELAYS: [(&str, u64); 2] = [("heartbeat-delay", 10_000), ("max-response-delay", 60_000)];

impl HaSettings {
    fn read(entry: &Value) -> Self {
        let [heartbeat, response] =
            DELAYS.map(|(key, default)| entry.get(key).and_then(Value::as_u64).unwrap_or(default));
        let peer = |peer: &Value| HaPeerSettings {
            name: text(peer, "name").to_owned(),
            url: without_credentials(text(peer, "url")),
            role: text(peer, "role").to_owned(),
        };
        Self {
            mode: text(entry, "mode").to_owned(),
            this: text(entry, "this-server-name").to_owned(),
            peers: list(entry, "peers").iter().map(peer).collect(),
            heartbeat_delay: heartbeat,
            max_response_delay: response,
        }
    }

    /// The server whose configuration this is.
    pub fn own(&self) -> Option<&HaPeerSettings> {
        self.peers.iter().find(|peer| peer.name == self.this)
    }

    /// The peer that this server exchanges heartbeats with. A backup server has none of its own: it names the
    /// primary. None in passive-backup.
    pub fn partner(&self) -> Option<&HaPeerSettings> {
        let active = |peer: &&HaPeerSettings| peer.name != self.this && peer.role != "backup";
        self.peers.iter().find(active).filter(|_| self.mode != "passive-backup")
    }
}

/// The HA relationships of a configuration, the map under `Dhcp4` or `Dhcp6`, in their order.
pub fn ha_settings(config: &Value) -> Vec<HaSettings> {
    list(config, "hooks-libraries")
        .iter()
        .filter_map(|hook| hook.get("parameters"))
        .flat_map(|parameters| list(parameters, "high-availability"))
        .map(HaSettings::read)
        .collect()
}

/// The daemon's HA relationships: `settings` from its configuration, `status` the arguments of its `status-get`.
/// Names, roles and URLs come from the configuration (Kea 2.2 reports no names), states from the daemon.
pub fn relationships(settings: &[HaSettings], status: &Value) -> Vec<HaRelationship> {
    let reported = list(status, "high-availability");
    let joined = |(index, entry)| relationship(entry, find(reported, entry, index));
    settings.iter().enumerate().map(joined).collect()
}

/// The report on a relationship: the one that names its server and partner, else the one at the same place.
fn find<'a>(reported: &'a [Value], entry: &HaSettings, index: usize) -> Option<&'a Value> {
    let partner = entry.partner().map(|peer| peer.name.as_str());
    let named = reported.iter().find(|report| {
        server_name(report, "local") == Some(entry.this.as_str())
            && (partner.is_none() || server_name(report, "remote") == partner)
    });
    named.or_else(|| reported.get(index))
}

/// A server's name as `status-get` reports it; Kea 2.2 does not.
fn server_name<'a>(report: &'a Value, side: &str) -> Option<&'a str> {
    let server = report.get("ha-servers")?.get(side)?;
    Some(text(server, "server-name")).filter(|name| !name.is_empty())
}

fn relationship(entry: &HaSettings, report: Option<&Value>) -> HaRelationship {
    let servers = report.and_then(|report| report.get("ha-servers"));
    let local = servers.and_then(|servers| servers.get("local"));
    let remote = servers.and_then(|servers| servers.get("remote"));
    let mut relationship = HaRelationship {
        mode: entry.mode.clone(),
        healthy: false,
        advice: None,
        local: peer(&entry.this, entry.own(), local, ("state", "scopes")),
        remote: entry
            .partner()
            .map(|found| peer(&found.name, Some(found), remote, ("last-state", "last-scopes"))),
        communication_interrupted: remote
            .and_then(|remote| remote.get("communication-interrupted"))
            .and_then(Value::as_bool)
            .unwrap_or(false),
        clock_skew: remote.and_then(|remote| remote.get("clock-skew")).and_then(Value::as_i64),
        contact: remote.filter(|_| entry.partner().is_some()).map(contact),
    };
    relationship.advice = advice(&relationship);
    relationship.healthy = relationship.advice.is_none();
    relationship
}

fn contact(remote: &Value) -> HaContact {
    let count = |key: &str| remote.get(key).and_then(Value::as_u64).unwrap_or_default();
    HaContact {
        in_touch: remote.get("in-touch").and_then(Value::as_bool).unwrap_or_default(),
        age: count("age"),
        connecting_clients: count("connecting-clients"),
        unacked_clients: count("unacked-clients"),
        unacked_clients_left: count("unacked-clients-left"),
        analyzed_packets: count("analyzed-packets"),
    }
}

fn peer(
    name: &str,
    configured: Option<&HaPeerSettings>,
    said: Option<&Value>,
    (state, scopes): (&str, &str),
) -> HaPeer {
    let said_text = |key: &str| said.map(|said| text(said, key)).filter(|text| !text.is_empty());
    let configured_text =
        |read: fn(&HaPeerSettings) -> &str| configured.map(read).filter(|text| !text.is_empty());
    HaPeer {
        name: name.to_owned(),
        role: configured_text(|peer| &peer.role).or_else(|| said_text("role")).unwrap_or_default().to_owned(),
        state: said_text(state).unwrap_or("unknown").to_owned(),
        scopes: said
            .map(|said| list(said, scopes))
            .unwrap_or_default()
            .iter()
            .filter_map(|scope| scope.as_str().map(str::to_owned))
            .collect(),
        url: configured_text(|peer| &peer.url).map(str::to_owned),
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

    fn of(config: &Value, status: &Value) -> Vec<HaRelationship> {
        relationships(&ha_settings(config), status)
    }

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
        let found = of(&config("hot-standby"), &status("hot-standby", remote));
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
    fn what_is_counted_is_no_other_state() {
        let remote = |age: u64| {
            json!({"age": age, "analyzed-packets": 7, "communication-interrupted": true, "connecting-clients": 4,
                "in-touch": true, "last-state": "unavailable", "unacked-clients": 3, "unacked-clients-left": 8})
        };
        let [one, other] =
            [5, 15].map(|age| of(&config("hot-standby"), &status("hot-standby", remote(age))).remove(0));
        let expected = HaContact {
            in_touch: true,
            age: 5,
            connecting_clients: 4,
            unacked_clients: 3,
            unacked_clients_left: 8,
            analyzed_packets: 7,
        };
        assert_eq!(one.contact, Some(expected));
        assert!(one != other && one.is_as(&other));
    }

    #[test]
    fn a_lost_partner_is_not_healthy() {
        let remote = json!({"communication-interrupted": true, "in-touch": true, "last-state": "unavailable",
            "clock-skew": null, "system-time": null});
        let found = of(&config("hot-standby"), &status("partner-down", remote));
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert!(!only.healthy && only.communication_interrupted && only.advice.is_some());
        assert_eq!(only.clock_skew, None);
    }

    #[test]
    fn a_hook_that_says_nothing_is_not_healthy() {
        let found = of(&config("hot-standby"), &json!({}));
        assert_eq!(found.len(), 1);
        assert!(!found[0].healthy);
        assert_eq!(found[0].local.state, "unknown");
    }

    #[test]
    fn passive_backup_has_no_partner() {
        let status = json!({"high-availability": [{"ha-mode": "passive-backup", "ha-servers": {
            "local": {"role": "primary", "scopes": ["server1"], "server-name": "server1", "state": "passive-backup"}}}]});
        let found = of(&config("passive-backup"), &status);
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
        let states: Vec<_> = of(&config, &status)
            .into_iter()
            .map(|found| (found.remote.unwrap().name, found.local.state))
            .collect();
        assert_eq!(states, [("a".into(), "hot-standby".into()), ("b".into(), "waiting".into())]);
    }

    #[test]
    fn a_daemon_without_ha_has_no_relationships() {
        assert_eq!(of(&json!({"subnet4": []}), &json!({"pid": 1})), []);
    }
}
