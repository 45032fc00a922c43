//! HA pairs: which daemons are partners, how the pair is, what that means and what to do.
//!
//! Two daemons are partners when their `peers` name the same members at the same URLs and each calls itself another one
//! of them. Where the lists do not agree, they are partners when they agree about the names and one of them names
//! a host at which the other is registered; that they do not agree is then said.

mod reasons;

use super::HaSettings;
use crate::{
    Family,
    api::{DaemonState, HaRelationship, Pair, PairId, PairMember, PairState, Reason, ReasonCode, ServerId},
};
use reasons::{disagreements, impaired, is_starting, silent, unknown, weight};
use std::collections::{BTreeMap, BTreeSet};

/// One registered daemon's side of one HA relationship.
#[derive(Debug, Clone)]
pub struct Member {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// The hosts of its control channels.
    pub hosts: Vec<String>,
    /// How Perch reaches it.
    pub reached: DaemonState,
    /// Why it is not reached; empty when it is.
    pub silence: String,
    /// What its configuration says.
    pub settings: HaSettings,
    /// What it said about the relationship last.
    pub seen: Option<HaRelationship>,
}

/// The pairs of a fleet, in the order of their ids.
pub fn pairs(members: &[Member]) -> Vec<Pair> {
    let mut groups: BTreeMap<Key, Vec<&Member>> = BTreeMap::new();
    for member in members {
        groups.entry(key(member)).or_default().push(member);
    }
    let mut pairs: Vec<Pair> = merged(groups).iter().filter_map(|group| pair(group)).collect();
    pairs.sort_by(|left, right| left.id.cmp(&right.id));
    pairs
}

/// Says of a pair in how many objects its members' configurations differ.
pub fn note_drift(pair: &mut Pair, objects: usize) {
    pair.drift = Some(objects);
    if objects == 0 {
        return;
    }
    let many = if objects == 1 { "one object".to_owned() } else { format!("{objects} objects") };
    pair.reasons.push(Reason {
        code: ReasonCode::OutOfStep,
        text: format!("The configurations of the partners differ in {many}."),
        help: "Compare the two and choose for each object which side is right. Kea does not copy configurations \
               between partners."
            .to_owned(),
    });
    pair.state = pair.state.max(PairState::OutOfStep);
}

/// The family, and the names and URLs of all members.
type Key = (Family, BTreeSet<(String, String)>);

fn key(member: &Member) -> Key {
    let peers = member.settings.peers.iter().map(|peer| (peer.name.clone(), plain(&peer.url)));
    (member.family, peers.collect())
}

/// A URL as it is compared.
fn plain(url: &str) -> String {
    url.trim_end_matches('/').to_ascii_lowercase()
}

/// The host of a URL, brackets and port taken off.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, _)) => host,
        None => authority.rsplit_once(':').map_or(authority, |(host, _)| host),
    };
    host.to_ascii_lowercase()
}

/// Joins two groups that agree about the names, when one of them lacks whom the other has, and a host tells it.
fn merged(groups: BTreeMap<Key, Vec<&Member>>) -> Vec<Vec<&Member>> {
    let mut groups: Vec<Vec<&Member>> = groups.into_values().collect();
    let mut lonely: BTreeMap<(Family, Vec<&str>, &str), Vec<usize>> = BTreeMap::new();
    for (index, group) in groups.iter().enumerate() {
        if let [only] = group.as_slice() {
            lonely.entry((only.family, names(only), only.settings.this.as_str())).or_default().push(index);
        }
    }
    let mut joins: Vec<(usize, usize)> = Vec::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (place, indices) in &lonely {
        let (family, names, this) = place;
        for partner in names.iter().filter(|name| *name > this) {
            let others =
                lonely.get(&(*family, names.clone(), *partner)).map(Vec::as_slice).unwrap_or_default();
            let by_host = by_host(&groups, others);
            for index in indices {
                let Some(member) = groups.get(*index).and_then(|group| group.first()) else { continue };
                let found = known_by(member, partner, &by_host).filter(|other| !taken.contains(other));
                if let Some(other) = found.filter(|_| taken.insert(*index)) {
                    taken.insert(other);
                    joins.push((*index, other));
                }
            }
        }
    }
    for (into, from) in joins {
        let moved = groups.get_mut(from).map(std::mem::take).unwrap_or_default();
        if let Some(group) = groups.get_mut(into) {
            group.extend(moved);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn names(member: &Member) -> Vec<&str> {
    let mut names: Vec<&str> = member.settings.peers.iter().map(|peer| peer.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// Where each group is found: by the hosts of its member's channels.
fn by_host(groups: &[Vec<&Member>], indices: &[usize]) -> BTreeMap<String, usize> {
    let member = |index: &usize| Some((*index, *groups.get(*index)?.first()?));
    let hosts = |(index, member): (usize, &Member)| {
        member.hosts.iter().map(move |host| (host.to_ascii_lowercase(), index)).collect::<Vec<_>>()
    };
    indices.iter().filter_map(member).flat_map(hosts).collect()
}

/// The group of the partner that this member names by its host.
fn known_by(member: &Member, partner: &str, by_host: &BTreeMap<String, usize>) -> Option<usize> {
    let named = member.settings.peers.iter().find(|peer| peer.name == partner)?;
    by_host.get(&host(&named.url)).copied()
}

fn pair(group: &[&Member]) -> Option<Pair> {
    let first = *group.iter().min_by_key(|member| (&member.settings.this, &member.server))?;
    let mut reasons = disagreements(first, group);
    let mut members: Vec<PairMember> = first
        .settings
        .peers
        .iter()
        .map(|peer| self::member(group, &peer.name, &peer.role, &peer.url))
        .collect();
    members.sort_by_key(|member| rank(&member.role));
    reasons.extend(silent(group));
    let starting = is_starting(group);
    let begun = |reason: Reason| match reason.code {
        ReasonCode::Ha if starting => Reason { code: ReasonCode::Starting, ..reason },
        _ => reason,
    };
    reasons.extend(group.iter().filter_map(impaired).map(begun));
    reasons.extend(unknown(&members, first));
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let id = PairId(format!("{}:{}@{}", first.family, names.join("+"), first.server));
    let state = reasons.iter().map(|reason| weight(reason.code)).max().unwrap_or(PairState::Ok);
    let dead = group.iter().all(|member| member.reached == DaemonState::Unreachable);
    Some(Pair {
        id,
        family: first.family,
        mode: first.settings.mode.clone(),
        state: if dead { PairState::Unreachable } else { state },
        reasons,
        members,
        drift: None,
    })
}

fn rank(role: &str) -> u8 {
    match role {
        "primary" => 0,
        "secondary" | "standby" => 1,
        _ => 2,
    }
}

fn member(group: &[&Member], name: &str, role: &str, url: &str) -> PairMember {
    let found = group.iter().find(|member| member.settings.this == name);
    let alive = found.filter(|member| member.reached != DaemonState::Unreachable);
    let own = alive.and_then(|member| member.seen.as_ref()).map(|seen| &seen.local);
    let heard = || {
        let others = group.iter().filter(|member| member.reached != DaemonState::Unreachable);
        let mut remotes = others.filter_map(|member| member.seen.as_ref()?.remote.as_ref());
        remotes.find(|remote| remote.name == name)
    };
    let seen = own.or_else(heard);
    PairMember {
        name: name.to_owned(),
        role: role.to_owned(),
        url: url.to_owned(),
        server: found.map(|member| member.server.clone()),
        reached: found.map(|member| member.reached),
        state: seen.map(|peer| peer.state.clone()).filter(|state| state != "unknown"),
        scopes: seen.map(|peer| peer.scopes.clone()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ha_settings, relationships};
    use super::*;
    use serde_json::{Value, json};

    const NORMAL: [&str; 2] = ["hot-standby", "hot-standby"];

    struct Side<'a> {
        server: &'a str,
        this: &'a str,
        peers: Value,
        states: [&'a str; 2],
        reached: DaemonState,
    }

    fn peers(hosts: [&str; 2]) -> Value {
        json!([{"name": "server1", "url": format!("http://{}:8001/", hosts[0]), "role": "primary"},
            {"name": "server2", "url": format!("http://{}:8001/", hosts[1]), "role": "standby"}])
    }

    fn side<'a>(server: &'a str, this: &'a str, hosts: [&str; 2]) -> Side<'a> {
        Side { server, this, peers: peers(hosts), states: NORMAL, reached: DaemonState::Ok }
    }

    fn made(side: Side<'_>) -> Member {
        let other = if side.this == "server1" { "server2" } else { "server1" };
        let entry = json!({"this-server-name": side.this, "mode": "hot-standby", "peers": side.peers});
        let config = json!({"hooks-libraries": [{"parameters": {"high-availability": [entry]}}]});
        let status = json!({"high-availability": [{"ha-servers": {
            "local": {"server-name": side.this, "state": side.states[0], "scopes": []},
            "remote": {"server-name": other, "last-state": side.states[1], "last-scopes": [],
                "communication-interrupted": side.states[1] == "unavailable"}}}]});
        let settings = ha_settings(&config).remove(0);
        Member {
            server: ServerId::new(side.server).unwrap(),
            family: Family::V4,
            hosts: vec![format!("{}.example.org", side.server)],
            reached: side.reached,
            silence: "connection refused".into(),
            seen: relationships(std::slice::from_ref(&settings), &status).pop(),
            settings,
        }
    }

    fn of(sides: Vec<Side<'_>>) -> Vec<Pair> {
        pairs(&sides.into_iter().map(made).collect::<Vec<_>>())
    }

    fn codes(pair: &Pair) -> Vec<ReasonCode> {
        pair.reasons.iter().map(|reason| reason.code).collect()
    }

    #[test]
    fn partners_find_each_other_among_pairs_with_the_same_names() {
        let (one, two) = (["192.0.2.1", "192.0.2.2"], ["192.0.2.3", "192.0.2.4"]);
        let found = of(vec![
            side("a1", "server1", one),
            side("b2", "server2", two),
            side("b1", "server1", two),
            side("a2", "server2", one),
        ]);
        let members = |pair: &Pair| {
            pair.members
                .iter()
                .map(|member| member.server.clone().unwrap().to_string())
                .collect::<Vec<_>>()
                .join("+")
        };
        assert_eq!(found.iter().map(members).collect::<Vec<_>>(), ["a1+a2", "b1+b2"]);
        assert!(
            found.iter().all(|pair| pair.state == PairState::Ok && pair.reasons.is_empty()),
            "{found:#?}"
        );
    }

    #[test]
    fn a_partner_that_is_not_registered_is_named() {
        let found = of(vec![side("a1", "server1", ["192.0.2.1", "192.0.2.2"])]);
        let [only] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!((only.state, codes(only)), (PairState::Incomplete, vec![ReasonCode::UnknownPartner]));
        assert!(only.reasons[0].help.contains("http://192.0.2.2:8001/"), "{only:#?}");
        assert_eq!(only.members[1].state.as_deref(), Some("hot-standby"), "its partner knows");
    }

    #[test]
    fn lists_that_do_not_agree_are_joined_by_the_host() {
        let right = ["a1.example.org", "a2.example.org"];
        let found = of(vec![
            side("a1", "server1", right),
            side("a2", "server2", ["a1.example.org", "typo.example.org"]),
        ]);
        let [only] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!((only.state, codes(only)), (PairState::OutOfStep, vec![ReasonCode::Disagree]));
        let found = of(vec![side("a1", "server1", ["x", "y"]), side("a2", "server2", ["v", "w"])]);
        assert_eq!(found.len(), 2, "nothing says that they are partners: {found:#?}");
    }

    #[test]
    fn two_servers_in_one_place_are_ambiguous() {
        let hosts = ["127.0.0.1", "127.0.0.2"];
        let found =
            of(vec![side("a", "server1", hosts), side("b", "server1", hosts), side("c", "server2", hosts)]);
        assert_eq!(codes(&found[0]), [ReasonCode::Ambiguous]);
        assert!(found[0].reasons[0].text.contains("a, b"), "{found:#?}");
    }

    #[test]
    fn a_silent_member_is_explained_by_what_its_partner_hears() {
        let hosts = ["192.0.2.1", "192.0.2.2"];
        let with = |states, reached| {
            let dead = Side { reached, ..side("a2", "server2", hosts) };
            of(vec![Side { states, ..side("a1", "server1", hosts) }, dead]).remove(0)
        };
        let gone = with(["partner-down", "unavailable"], DaemonState::Unreachable);
        assert_eq!(
            (gone.state, codes(&gone)),
            (PairState::Impaired, vec![ReasonCode::Unreachable, ReasonCode::Ha])
        );
        assert!(gone.reasons[0].text.contains("connection refused"), "{gone:#?}");
        assert_eq!(gone.members[1].state.as_deref(), Some("unavailable"));
        let deaf = with(NORMAL, DaemonState::Unreachable);
        assert!(deaf.reasons[0].help.contains("control channel"), "{deaf:#?}");
        assert_eq!(with(NORMAL, DaemonState::Ok).state, PairState::Ok);
    }

    #[test]
    fn a_pair_that_gets_ready_is_not_impaired() {
        let hosts = ["192.0.2.1", "192.0.2.2"];
        let with = |first: [&'static str; 2], second: [&'static str; 2]| {
            let one = Side { states: first, ..side("a", "server1", hosts) };
            of(vec![one, Side { states: second, ..side("b", "server2", hosts) }]).remove(0)
        };
        for (first, second, state) in [
            (["waiting", "unavailable"], ["waiting", "unavailable"], PairState::Starting),
            (["hot-standby", "syncing"], ["syncing", "hot-standby"], PairState::Starting),
            (["hot-standby", "waiting"], ["hot-standby", "hot-standby"], PairState::Starting),
            (["partner-down", "ready"], ["ready", "partner-down"], PairState::Impaired),
            (["terminated", "terminated"], ["waiting", "terminated"], PairState::Impaired),
        ] {
            let pair = with(first, second);
            assert_eq!(pair.state, state, "{pair:?}");
        }
        let alone = Side { states: ["waiting", "unavailable"], ..side("a", "server1", hosts) };
        assert_eq!(of(vec![alone]).remove(0).state, PairState::Impaired);
    }

    #[test]
    fn nobody_answers() {
        let dead =
            |server, this| Side { reached: DaemonState::Unreachable, ..side(server, this, ["x", "y"]) };
        let found = of(vec![dead("a1", "server1"), dead("a2", "server2")]);
        assert_eq!(found[0].state, PairState::Unreachable);
    }

    #[test]
    fn drift_puts_a_pair_out_of_step() {
        let mut pair =
            of(vec![side("a1", "server1", ["x", "y"]), side("a2", "server2", ["x", "y"])]).remove(0);
        note_drift(&mut pair, 0);
        assert_eq!((pair.state, pair.drift), (PairState::Ok, Some(0)));
        note_drift(&mut pair, 2);
        assert_eq!((pair.state, codes(&pair)), (PairState::OutOfStep, vec![ReasonCode::OutOfStep]));
    }

    #[test]
    fn a_hub_has_a_pair_with_each_spoke() {
        let entry = |spoke: &str| {
            json!({"this-server-name": "hub", "mode": "hot-standby", "peers": [
                {"name": spoke, "url": format!("http://{spoke}/"), "role": "primary"},
                {"name": "hub", "url": "http://hub/", "role": "standby"}]})
        };
        let config =
            json!({"hooks-libraries": [{"parameters": {"high-availability": [entry("a"), entry("b")]}}]});
        let members: Vec<Member> = ha_settings(&config)
            .into_iter()
            .map(|settings| Member { settings, ..made(side("hub", "server1", ["x", "y"])) })
            .collect();
        let ids: Vec<String> = pairs(&members).into_iter().map(|pair| pair.id.0).collect();
        assert_eq!(ids, ["dhcp4:a+hub@hub", "dhcp4:b+hub@hub"]);
    }
}
