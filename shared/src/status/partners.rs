//! Making two servers partners, changing how they work together, and parting them.

use super::{
    hooks::{hooks, hooks_directory},
    json::{list, text},
    patience::Patience,
};
use crate::{KeaVersion, config::Config};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::net::IpAddr;

/// The port for the partners' own traffic that is proposed first. It is none of Kea's control channels.
/// Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/hooks-ha.html>.
const FIRST_PORT: u16 = 8001;

/// The first version whose partners talk to each other without a Control Agent between.
const OWN_LISTENER: KeaVersion = KeaVersion::new(2, 4, 0);

/// Two partners, as somebody describes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partnership {
    /// `hot-standby` or `load-balancing`.
    pub mode: String,
    /// Their names and where they reach each other, the primary first.
    pub members: [PartnerName; 2],
    /// How patient they are with each other.
    pub patience: Patience,
}

/// What a partner is called, and where the other one reaches it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerName {
    /// Its name in `peers`.
    pub name: String,
    /// Its URL in `peers`.
    pub url: String,
}

/// A name in `peers` for a server: what the server is called, in letters, digits and `-`.
///
/// # Example
/// ```
/// use perch_shared::status::proposed_name;
/// assert_eq!(proposed_name("Kea 1 (north)", "fallback"), "kea-1-north");
/// assert_eq!(proposed_name("東京", "fallback"), "fallback");
/// ```
pub fn proposed_name(called: &str, otherwise: &str) -> String {
    let lower = called.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-");
    if name.is_empty() { otherwise.to_owned() } else { name }
}

impl Partnership {
    /// What a configuration says already; `None`: it has no relationship of two, or several.
    pub fn of(config: &Config) -> Option<Self> {
        let relationship = relationship(&config.root)?;
        let member = |role: &[&str]| {
            let peer = list(relationship, "peers").iter().find(|peer| role.contains(&text(peer, "role")))?;
            Some(PartnerName { name: text(peer, "name").to_owned(), url: text(peer, "url").to_owned() })
        };
        let members = [member(&["primary"])?, member(&["secondary", "standby"])?];
        let patience = Patience::of(relationship);
        Some(Self { mode: text(relationship, "mode").to_owned(), members, patience })
    }

    /// What is wrong with each member's name and URL; empty: nothing.
    ///
    /// # Example
    /// ```
    /// use perch_shared::status::{PartnerName, Partnership, Patience};
    /// let member = |name: &str, url: &str| PartnerName { name: name.into(), url: url.into() };
    /// let members = [member("a", "http://192.0.2.1:8001/"), member("a", "http://kea.example.org/")];
    /// let partners = Partnership { mode: "hot-standby".into(), members, patience: Patience::default() };
    /// let [[_, first], [name, second]] = partners.problems();
    /// assert!(first.is_empty() && name.contains("another name") && second.contains("address"));
    /// ```
    pub fn problems(&self) -> [[String; 2]; 2] {
        let [one, other] = &self.members;
        let first = [name_problem(&one.name, ""), url_problem(&one.url, "")];
        let second = [name_problem(&other.name, &one.name), url_problem(&other.url, &one.url)];
        [first, second].map(|both| both.map(str::to_owned))
    }

    /// The configuration of a member, 0 for the primary, as one of the two: the hook libraries that this needs are loaded,
    /// and what is set of the relationship besides stays.
    #[must_use]
    pub fn on(&self, config: &Config, version: KeaVersion, member: usize) -> Config {
        let mut config = config.clone();
        let directory = hooks_directory("", &hooks(&config.root));
        let Some(root) = config.root.as_object_mut() else { return config };
        let libraries = root.entry("hooks-libraries").or_insert_with(|| json!([]));
        let Some(libraries) = libraries.as_array_mut() else { return config };
        if !libraries.iter().any(|hook| is_library(hook, "lease_cmds")) {
            libraries.push(json!({"library": format!("{directory}/libdhcp_lease_cmds.so")}));
        }
        if !libraries.iter().any(|hook| is_library(hook, "ha")) {
            libraries.push(json!({"library": format!("{directory}/libdhcp_ha.so")}));
        }
        for hook in libraries.iter_mut().filter(|hook| is_library(hook, "ha")) {
            let known = hook.pointer("/parameters/high-availability/0").and_then(Value::as_object).cloned();
            let relationship = self.relationship(known.unwrap_or_else(|| fresh(version)), member);
            if let Some(hook) = hook.as_object_mut() {
                hook.insert("parameters".to_owned(), json!({"high-availability": [relationship]}));
            }
        }
        config
    }

    fn relationship(&self, known: Map<String, Value>, member: usize) -> Map<String, Value> {
        let mut relationship = known;
        let before: Vec<Value> = list(&Value::Object(relationship.clone()), "peers").to_vec();
        let second = if self.mode == "load-balancing" { "secondary" } else { "standby" };
        let of_role = |roles: &[&str]| {
            let peer = before.iter().find(|peer| roles.contains(&text(peer, "role")));
            peer.and_then(Value::as_object).cloned().unwrap_or_default()
        };
        let peers = [(of_role(&["primary"]), "primary"), (of_role(&["secondary", "standby"]), second)];
        let mut peers: Vec<Value> = peers
            .into_iter()
            .zip(&self.members)
            .map(|((mut peer, role), member)| {
                peer.insert("name".to_owned(), json!(member.name));
                peer.insert("url".to_owned(), json!(member.url));
                peer.insert("role".to_owned(), json!(role));
                Value::Object(peer)
            })
            .collect();
        peers.extend(before.iter().filter(|peer| text(peer, "role") == "backup").cloned());
        let this = self.members.get(member).map(|member| member.name.clone()).unwrap_or_default();
        relationship.insert("this-server-name".to_owned(), json!(this));
        relationship.insert("mode".to_owned(), json!(self.mode));
        relationship.insert("peers".to_owned(), Value::Array(peers));
        self.patience.write(&mut relationship);
        relationship
    }
}

/// The URLs at which two servers may reach each other, out of the addresses of their control channels: the same hosts, and
/// ports that no channel has. A host that has no address there is left out, and Kea 2.2 is reached through its agent.
pub fn proposed_urls(channels: [&[String]; 2], version: KeaVersion) -> [String; 2] {
    let hosts = channels.map(|channels| channels.iter().find_map(|channel| host_and_port(channel)));
    if version < OWN_LISTENER {
        return channels.map(|channels| {
            let http = channels.iter().find(|channel| host_and_port(channel).is_some());
            http.map(|channel| format!("{}/", channel.trim_end_matches('/'))).unwrap_or_default()
        });
    }
    let mut taken: Vec<(IpAddr, u16)> = channels
        .iter()
        .flat_map(|channels| channels.iter().filter_map(|channel| host_and_port(channel)))
        .collect();
    hosts.map(|host| {
        let Some((host, _)) = host else { return String::new() };
        let free = |port: &u16| !taken.contains(&(host, *port));
        let port = (FIRST_PORT..u16::MAX).find(free).unwrap_or(FIRST_PORT);
        taken.push((host, port));
        match host {
            IpAddr::V4(host) => format!("http://{host}:{port}/"),
            IpAddr::V6(host) => format!("http://[{host}]:{port}/"),
        }
    })
}

/// A configuration whose server is nobody's partner any more. A class of the relationship, such as `HA_server1`, has no
/// client then, so what was for it is for all clients. `without_subnets`: the server gives no address from then on.
#[must_use]
pub fn parted(config: &Config, without_subnets: bool) -> Config {
    let mut config = config.clone();
    let classes: Vec<String> = relationship(&config.root)
        .map(|one| list(one, "peers").iter().map(|peer| format!("HA_{}", text(peer, "name"))).collect())
        .unwrap_or_default();
    let subnets = config.family.subnet_key();
    let Some(root) = config.root.as_object_mut() else { return config };
    if let Some(libraries) = root.get_mut("hooks-libraries").and_then(Value::as_array_mut) {
        libraries.retain(|hook| !is_library(hook, "ha"));
    }
    for key in [subnets, "shared-networks"] {
        match root.get_mut(key) {
            Some(list) if without_subnets => *list = json!([]),
            Some(list) => open_to_all(list, &classes),
            None => {}
        }
    }
    config
}

/// The only relationship of a configuration.
fn relationship(root: &Value) -> Option<&Value> {
    let mut hooks = list(root, "hooks-libraries").iter().filter(|hook| is_library(hook, "ha"));
    match list(hooks.next()?.get("parameters")?, "high-availability") {
        [one] => Some(one),
        _ => None,
    }
}

/// Takes classes out of what subnets, pools and shared networks are for. The depth is that of JSON that was read, which is
/// limited.
fn open_to_all(value: &mut Value, classes: &[String]) {
    let is_theirs =
        |value: &Value| value.as_str().is_some_and(|name| classes.iter().any(|class| class == name));
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| open_to_all(item, classes)),
        Value::Object(map) => {
            map.retain(|key, value| !(key == "client-class" && is_theirs(value)));
            if let Some(Value::Array(names)) = map.get_mut("client-classes") {
                names.retain(|name| !is_theirs(name));
            }
            for (key, value) in map.iter_mut() {
                if matches!(key.as_str(), "pools" | "pd-pools" | "subnet4" | "subnet6") {
                    open_to_all(value, classes);
                }
            }
        }
        _ => {}
    }
}

/// What a relationship begins with: the partners talk to each other by themselves, in threads of their own.
fn fresh(version: KeaVersion) -> Map<String, Value> {
    let mut relationship = Map::new();
    if version >= OWN_LISTENER {
        let threads = json!({"enable-multi-threading": true, "http-dedicated-listener": true});
        relationship.insert("multi-threading".to_owned(), threads);
    }
    relationship
}

fn is_library(hook: &Value, name: &str) -> bool {
    let file = text(hook, "library").rsplit('/').next().unwrap_or_default();
    file.strip_prefix("libdhcp_").and_then(|file| file.strip_suffix(".so")) == Some(name)
}

fn name_problem(name: &str, other: &str) -> &'static str {
    match name.trim() {
        "" => "It needs a name, which the partner knows as well.",
        name if name == other => "It needs another name than its partner.",
        _ => "",
    }
}

fn url_problem(url: &str, other: &str) -> &'static str {
    match host_and_port(url) {
        _ if url.is_empty() => "Its partner needs a URL, such as `http://192.0.2.1:8001/`.",
        None => {
            "It is no URL that Kea takes: write `http://`, an address and a port, such as `http://192.0.2.1:8001/`. Kea looks up no names here."
        }
        Some(_) if url.trim_end_matches('/') == other.trim_end_matches('/') => {
            "It needs another URL than its partner."
        }
        Some(_) => "",
    }
}

/// The address and the port of a URL; `None`: it has none.
fn host_and_port(url: &str) -> Option<(IpAddr, u16)> {
    let authority = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"))?;
    let authority = authority.split('/').next()?;
    let (host, port) = authority.rsplit_once(':')?;
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    Some((host.parse().ok()?, port.parse().ok().filter(|port| *port > 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, change::edits_between};

    const V3: KeaVersion = KeaVersion::new(3, 0, 4);

    fn config(root: Value) -> Config {
        Config { family: Family::V4, root }
    }

    fn partners(mode: &str) -> Partnership {
        let member = |name: &str, host: u8| PartnerName {
            name: name.to_owned(),
            url: format!("http://192.0.2.{host}:8001/"),
        };
        let members = [member("one", 1), member("two", 2)];
        Partnership { mode: mode.to_owned(), members, patience: Patience::default() }
    }

    fn sentences(before: &Config, after: &Config) -> Vec<String> {
        edits_between(before, after).iter().map(crate::change::Edit::describe).collect()
    }

    #[test]
    fn two_servers_become_partners_and_part_again() {
        let before = config(json!({"hooks-libraries": [{"library": "/opt/hooks/libdhcp_stat_cmds.so"}]}));
        let now = partners("hot-standby").on(&before, V3, 1);
        let libraries = list(&now.root, "hooks-libraries");
        assert_eq!(text(&libraries[1], "library"), "/opt/hooks/libdhcp_lease_cmds.so");
        let made = relationship(&now.root).unwrap();
        assert_eq!((text(made, "this-server-name"), text(made, "mode")), ("two", "hot-standby"));
        assert_eq!(made["peers"][1]["role"], "standby");
        assert_eq!(made["multi-threading"]["http-dedicated-listener"], true);
        assert_eq!(Partnership::of(&now), Some(partners("hot-standby")));
        assert_eq!(list(&parted(&now, false).root, "hooks-libraries").len(), 2, "the lease commands stay");
        let old = partners("hot-standby").on(&before, KeaVersion::new(2, 2, 0), 0);
        assert_eq!(relationship(&old.root).unwrap().get("multi-threading"), None);
    }

    #[test]
    fn what_else_is_set_stays_when_the_mode_changes() {
        let mut before = partners("hot-standby").on(&config(json!({})), V3, 0);
        let one = &mut before.root["hooks-libraries"][1]["parameters"]["high-availability"][0];
        one["heartbeat-delay"] = json!(500);
        one["peers"][0]["basic-auth-user"] = json!("x");
        let peers = one["peers"].as_array_mut().unwrap();
        peers.push(json!({"name": "three", "url": "http://192.0.2.3:8001/", "role": "backup"}));
        let mut changed = Partnership::of(&before).unwrap();
        changed.mode = "load-balancing".to_owned();
        let after = changed.on(&before, V3, 0);
        let now = relationship(&after.root).unwrap();
        assert_eq!(
            (&now["heartbeat-delay"], &now["peers"][0]["basic-auth-user"]),
            (&json!(500), &json!("x"))
        );
        assert_eq!(
            (&now["peers"][1]["role"], &now["peers"][2]["name"]),
            (&json!("secondary"), &json!("three"))
        );
        assert_eq!(Partnership::of(&before).unwrap().on(&before, V3, 0), before);
        assert!(!sentences(&before, &after).is_empty());
    }

    #[test]
    fn delays_are_set_and_left_to_kea_again() {
        let mut patient = partners("hot-standby");
        patient.patience.0 = ["5000", "", "", "0"].map(str::to_owned);
        let now = patient.on(&config(json!({})), V3, 0);
        let made = relationship(&now.root).unwrap();
        assert_eq!((&made["heartbeat-delay"], &made["max-unacked-clients"]), (&json!(5000), &json!(0)));
        assert_eq!(made.get("max-response-delay"), None);
        assert_eq!(Partnership::of(&now), Some(patient));
        let mut usual = partners("hot-standby").on(&now, V3, 0);
        assert_eq!(relationship(&usual.root).unwrap().get("heartbeat-delay"), None);
        // As Kea prints it.
        usual.root["hooks-libraries"][1]["parameters"]["high-availability"][0]["max-ack-delay"] =
            json!(10_000);
        assert_eq!(Partnership::of(&usual), Some(partners("hot-standby")));
        assert_eq!(partners("hot-standby").on(&usual, V3, 0), usual);
    }

    #[test]
    fn pools_of_partners_are_for_everybody_afterwards() {
        let mut before = partners("load-balancing").on(&config(json!({})), V3, 0);
        let pools = |one: Value, other: Value| json!([{"pool": "10.0.0.1-10.0.0.9", "client-class": one}, {"pool": "10.0.0.10-10.0.0.19", "client-classes": other}]);
        before.root["subnet4"] = json!([{"id": 1, "subnet": "10.0.0.0/24", "pools": pools(json!("HA_one"), json!(["HA_two", "x"]))}]);
        before.root["shared-networks"] = json!([{"name": "n", "subnet4": [{"id": 2, "subnet": "10.1.0.0/24", "client-class": "HA_other"}]}]);
        let after = parted(&before, false);
        let pools = &after.root["subnet4"][0]["pools"];
        assert_eq!((pools[0].get("client-class"), &pools[1]["client-classes"]), (None, &json!(["x"])));
        assert_eq!(after.root["shared-networks"], before.root["shared-networks"]);
        let none = parted(&before, true);
        assert_eq!((&none.root["subnet4"], &none.root["shared-networks"]), (&json!([]), &json!([])));
    }

    #[test]
    fn urls_are_proposed_where_nothing_else_listens() {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        for (one, other, version, expected) in [
            (
                vec!["http://192.0.2.1:8000"],
                vec!["https://192.0.2.2:8001"],
                V3,
                ["http://192.0.2.1:8001/", "http://192.0.2.2:8002/"],
            ),
            (
                vec!["http://127.0.0.1:8000"],
                vec!["http://127.0.0.1:8001"],
                V3,
                ["http://127.0.0.1:8002/", "http://127.0.0.1:8003/"],
            ),
            (
                vec!["unix:/run/kea/a"],
                vec!["http://[2001:db8::1]:8000"],
                V3,
                ["", "http://[2001:db8::1]:8001/"],
            ),
            (
                vec!["http://kea.example.org:8000"],
                vec!["http://192.0.2.2:8000"],
                KeaVersion::new(2, 2, 0),
                ["", "http://192.0.2.2:8000/"],
            ),
        ] {
            assert_eq!(proposed_urls([&owned(&one), &owned(&other)], version), expected);
        }
    }

    #[test]
    fn odd_configurations_are_left_as_they_are() {
        for root in [
            json!([]),
            json!({"hooks-libraries": 5}),
            json!({"hooks-libraries": [{"library": "libdhcp_ha.so", "parameters": {"high-availability": [{}, {}]}}]}),
        ] {
            let odd = config(root);
            assert_eq!(Partnership::of(&odd), None);
            let _ = (parted(&odd, true), partners("hot-standby").on(&odd, V3, 0));
        }
    }
}
