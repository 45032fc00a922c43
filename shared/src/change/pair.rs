//! High availability while a change is carried out: who are partners, who is changed first, and who serves meanwhile.

use super::Difference;
use crate::api::HaRelationship;
use serde_json::Value;

/// How long a server waits between heartbeats when nobody says anything else, in milliseconds.
/// Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/hooks-ha.html>.
pub(super) const HEARTBEAT_DELAY: u64 = 10_000;

/// One HA relationship as a server's configuration describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// `hot-standby`, `load-balancing` or `passive-backup`.
    pub mode: String,
    /// This server's name.
    pub this: String,
    /// All servers of the relationship: name and URL, sorted.
    pub peers: Vec<(String, String)>,
    /// Milliseconds between heartbeats: a server that has loaded a configuration waits for one before it serves.
    pub heartbeat: u64,
}

/// The relationships in a configuration (the map below `Dhcp4` or `Dhcp6`), in its order.
pub fn memberships(config: &Value) -> Vec<Membership> {
    relationships(config).filter_map(membership).collect()
}

/// The HA relationships of all loaded hook libraries.
pub(crate) fn relationships(config: &Value) -> impl Iterator<Item = &Value> {
    let hooks = config.get("hooks-libraries").and_then(Value::as_array).into_iter().flatten();
    hooks
        .filter_map(|hook| hook.get("parameters")?.get("high-availability")?.as_array())
        .flatten()
        .filter(|relationship| relationship.is_object())
}

fn membership(relationship: &Value) -> Option<Membership> {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let peers = relationship.get("peers")?.as_array()?.iter();
    let peer =
        |peer: &Value| Some((text(peer, "name")?, text(peer, "url")?.trim_end_matches('/').to_owned()));
    let mut peers: Vec<_> = peers.filter_map(peer).collect();
    peers.sort();
    Some(Membership {
        mode: text(relationship, "mode")?,
        this: text(relationship, "this-server-name")?,
        peers,
        heartbeat: relationship.get("heartbeat-delay").and_then(Value::as_u64).unwrap_or(HEARTBEAT_DELAY),
    })
}

impl Membership {
    /// Whether both are of one relationship: the same servers at the same URLs, and another name.
    pub fn is_partner_of(&self, other: &Self) -> bool {
        self.this != other.this && self.peers == other.peers && self.mode == other.mode
    }
}

/// Whether a server is in the state in which its mode does its work.
pub fn is_normal(relationship: &HaRelationship) -> bool {
    relationship.local.state == relationship.mode
}

/// Whether a server answers clients for its partner because that one is down.
pub fn is_alone(relationship: &HaRelationship) -> bool {
    relationship.local.state == "partner-down"
}

/// What the partner serves while a server restarts its HA state machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loan {
    /// What it serves meanwhile: `ha-scopes` before.
    pub scopes: Vec<String>,
    /// What it serves otherwise: `ha-scopes` afterwards.
    pub back: Vec<String>,
}

/// What a server serves while both are in their normal state. Source: as [`memberships`].
pub fn rightful(relationship: &HaRelationship) -> Vec<String> {
    let own = || vec![relationship.local.name.clone()];
    match (relationship.mode.as_str(), relationship.local.role.as_str()) {
        ("hot-standby", "primary") | ("load-balancing", _) => own(),
        _ => Vec::new(),
    }
}

/// The loan that keeps the clients of `changed` served by its partner; `None` when nobody has to be, or nobody can.
/// Both are what the servers say about themselves just now. Source: Kea 2.6.3 and 3.0.4 themselves.
pub fn loan(changed: &HaRelationship, partner: &HaRelationship) -> Option<Loan> {
    let serves = &changed.local.scopes;
    if serves.is_empty() || !is_normal(changed) || !is_normal(partner) {
        return None;
    }
    let back = rightful(partner);
    let mut scopes = back.clone();
    scopes.extend(serves.iter().filter(|scope| !back.contains(scope)).cloned());
    Some(Loan { scopes, back })
}

/// Whether the server that answers clients is to be changed first. A subnet that only one partner has breaks the
/// pair, least while the partner that answers nobody has it: what is added comes there first, and what is removed
/// leaves the serving one first.
pub fn serving_first(differences: &[Difference]) -> bool {
    let lists = ["subnet4[", "subnet6[", "shared-networks[", "pools[", "pd-pools["];
    let is_object = |difference: &&Difference| {
        let place = difference.path.strip_suffix(']').unwrap_or_default();
        let start = lists.iter().filter_map(|list| Some(place.rfind(list)? + list.len())).max();
        start.and_then(|start| place.get(start..)).is_some_and(|name| !name.contains(']'))
    };
    let mut objects = differences.iter().filter(is_object).peekable();
    objects.peek().is_some() && objects.all(|difference| difference.after.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{api::HaPeer, change::diff};
    use serde_json::json;

    fn config(this: &str, mode: &str) -> Value {
        json!({"hooks-libraries": [{"library": "x"}, {"library": "ha", "parameters": {"high-availability": [{
            "this-server-name": this, "mode": mode, "heartbeat-delay": 1000,
            "peers": [{"name": "b", "url": "http://192.0.2.2:1/"}, {"name": "a", "url": "http://192.0.2.1:1"}]}]}}]})
    }

    #[test]
    fn partners_have_the_same_peers_and_other_names() {
        let one = |this, mode| memberships(&config(this, mode)).remove(0);
        let first = one("a", "hot-standby");
        assert_eq!(first.peers[1], ("b".to_owned(), "http://192.0.2.2:1".to_owned()));
        assert!(first.is_partner_of(&one("b", "hot-standby")));
        assert!(!first.is_partner_of(&one("a", "hot-standby")), "itself");
        assert!(!first.is_partner_of(&one("b", "load-balancing")));
        assert!(
            memberships(&json!({"hooks-libraries": [{"parameters": {"high-availability": [5, {}]}}]}))
                .is_empty()
        );
    }

    fn side(mode: &str, state: &str, scopes: &[&str]) -> HaRelationship {
        let scopes: Vec<String> = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let role = if scopes.is_empty() { "standby" } else { "primary" }.to_owned();
        let name = scopes.first().cloned().unwrap_or_default();
        let local = HaPeer { name, role, state: state.to_owned(), scopes, url: None };
        let (mode, advice, remote) = (mode.to_owned(), None, None);
        HaRelationship {
            mode,
            healthy: true,
            advice,
            local,
            remote,
            communication_interrupted: false,
            clock_skew: None,
            contact: None,
        }
    }

    #[test]
    fn a_scope_is_lent_only_where_somebody_serves_it_and_somebody_else_can() {
        let (hot, load) = ("hot-standby", "load-balancing");
        let (primary, standby) = (side(hot, hot, &["a"]), side(hot, hot, &[]));
        let owned = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        assert_eq!(loan(&primary, &standby), Some(Loan { scopes: owned(&["a"]), back: Vec::new() }));
        assert_eq!(loan(&standby, &primary), None, "it serves nobody");
        assert_eq!(loan(&primary, &side(hot, "waiting", &[])), None, "the partner would not serve either");
        let both = loan(&side(load, load, &["a"]), &side(load, load, &["b"]));
        assert_eq!(both, Some(Loan { scopes: owned(&["b", "a"]), back: owned(&["b"]) }));
        assert_eq!(loan(&side(hot, "partner-down", &["a", "b"]), &standby), None);
    }

    #[test]
    fn what_is_removed_leaves_the_serving_server_first() {
        let subnet =
            |id: u32, pools: Value| json!({"id": id, "subnet": format!("192.0.{id}.0/24"), "pools": pools});
        let pool = |text: &str| json!({"pool": text});
        let (one, two) = (subnet(1, json!([])), subnet(2, json!([pool("192.0.2.1-192.0.2.9")])));
        let config = |subnets: Value| json!({"subnet4": subnets, "valid-lifetime": 1});
        for (before, after, first) in [
            (json!([one]), json!([one, two]), false),
            (json!([one, two]), json!([one]), true),
            (json!([one]), json!([two]), false),
            (json!([two]), json!([subnet(2, json!([]))]), true),
            (json!([subnet(2, json!([]))]), json!([two]), false),
            (json!([one]), json!([one]), false),
        ] {
            let found = serving_first(&diff(&config(before.clone()), &config(after.clone())));
            assert_eq!(found, first, "{before} {after}");
        }
        let network = json!([{"name": "hall", "subnet4": [one]}]);
        assert!(serving_first(&diff(&json!({"shared-networks": network}), &json!({"shared-networks": []}))));
        let option = json!([{"code": 6, "data": "x"}]);
        assert!(!serving_first(&diff(&json!({"option-data": option}), &json!({"option-data": []}))));
    }
}
