//! HA pairs: recomputed a moment after something changed, and told when their state did.

use super::{Fleet, channels};
use perch_shared::{
    Family,
    api::{DaemonState, Event, Pair, PairId, PairState, ServerId},
    status::{Member, drift, note_drift, pairs},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::Notify;

/// How long changes are gathered: a start of five hundred servers is not five hundred computations.
const GATHER: Duration = Duration::from_millis(100);

/// What is remembered between computations.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    changed: Notify,
    /// In how many objects two configurations differ, by their servers and hashes.
    drifts: Mutex<BTreeMap<Sides, usize>>,
}

/// The family, and server and hash on both sides.
type Sides = (Family, [(ServerId, String); 2]);

impl Pairing {
    pub(super) fn wake(&self) {
        self.changed.notify_one();
    }
}

impl Fleet {
    /// The HA pairs as they were last seen.
    pub fn pairs(&self) -> Vec<Pair> {
        let mut found = pairs(&self.members());
        let drifts = self.pairing.drifts.lock().unwrap_or_else(PoisonError::into_inner);
        for pair in &mut found {
            let objects = self.sides(pair).and_then(|sides| drifts.get(&sides).copied());
            if let Some(objects) = objects {
                note_drift(pair, objects);
            }
        }
        found
    }

    fn members(&self) -> Vec<Member> {
        let records = self.store.records();
        let known = self.known();
        let mut members = Vec::new();
        for record in &records {
            for (family, channel) in channels(record) {
                let Some(daemon) = known.get(&(record.server.id.clone(), family)) else { continue };
                let Some(facts) = daemon.facts.as_ref().filter(|_| daemon.address == channel.address) else {
                    continue;
                };
                let hosts = record.server.channels.iter().filter_map(|channel| host(&channel.address));
                let hosts: Vec<String> = hosts.collect();
                let silence = daemon.reasons.first().map(|reason| reason.text.clone()).unwrap_or_default();
                let sides = facts.ha.iter().enumerate().map(|(index, settings)| Member {
                    server: record.server.id.clone(),
                    family,
                    hosts: hosts.clone(),
                    reached: daemon.state.unwrap_or(DaemonState::Unreachable),
                    silence: silence.clone(),
                    settings: settings.clone(),
                    seen: facts.relations.get(index).cloned(),
                });
                members.extend(sides);
            }
        }
        members
    }

    /// The first two registered members with what they run.
    fn sides(&self, pair: &Pair) -> Option<Sides> {
        let known = self.known();
        let mut sides = pair.members.iter().filter(|member| member.role != "backup").filter_map(|member| {
            let server = member.server.clone()?;
            let hash = known.get(&(server.clone(), pair.family))?.facts.as_ref()?.hash.clone();
            Some((server, hash))
        });
        Some((pair.family, [sides.next()?, sides.next()?]))
    }

    pub(super) async fn follow_pairs(self: &Arc<Self>) {
        let mut told: BTreeMap<PairId, PairState> = BTreeMap::new();
        loop {
            self.pairing.changed.notified().await;
            tokio::time::sleep(GATHER).await;
            let fleet = self.clone();
            // Comparing configurations may take a while.
            let Ok(pairs) = tokio::task::spawn_blocking(move || fleet.compared_pairs()).await else {
                continue;
            };
            let now: BTreeMap<PairId, PairState> =
                pairs.into_iter().map(|pair| (pair.id, pair.state)).collect();
            for (pair, state) in &now {
                if told.get(pair) != Some(state) {
                    self.events.publish(&Event::Pair { pair: pair.clone(), state: Some(*state) });
                }
            }
            for pair in told.keys().filter(|pair| !now.contains_key(*pair)) {
                self.events.publish(&Event::Pair { pair: pair.clone(), state: None });
            }
            told = now;
        }
    }

    fn compared_pairs(&self) -> Vec<Pair> {
        let all: Vec<Sides> = pairs(&self.members()).iter().filter_map(|pair| self.sides(pair)).collect();
        for sides in &all {
            let is_known =
                self.pairing.drifts.lock().unwrap_or_else(PoisonError::into_inner).contains_key(sides);
            let (family, [left, right]) = sides;
            let body = |(server, hash): &(ServerId, String)| self.bodies.get(server, *family, hash);
            if !is_known && let (Some(left), Some(right)) = (body(left), body(right)) {
                let found = drift(&left, &right);
                let objects = found.objects.len() + found.more;
                self.pairing
                    .drifts
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(sides.clone(), objects);
            }
        }
        self.pairing
            .drifts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|sides, _| all.contains(sides));
        self.pairs()
    }
}

/// The host of a channel's address.
fn host(address: &str) -> Option<String> {
    let address: crate::kea::Address = address.parse().ok()?;
    address.host_port().map(|(host, _)| host.to_owned())
}
