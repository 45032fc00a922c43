//! The fleet: what is at a server's addresses, what its daemons say, and who changed what.
//!
//! One task for each server looks at its daemons again and again, so that one that hangs delays no other. Between
//! looks only the last good reading of each daemon is kept, and its configuration as compressed text.

mod ask;
mod bodies;
mod changing;
mod counts;
mod events;
mod external;
mod findings;
mod known;
mod look;
mod pairing;
mod partners;
mod poll;
mod probe;
mod remember;

pub use bodies::Bodies;
pub use changing::Changing;
pub use events::{Events, Listener, News};
pub use external::External;
pub use partners::{partners, prove};
pub use probe::probe;

use crate::{
    kea::{KeaClient, Limits},
    metrics::Counter,
    store::{ServerRecord, Store},
};
use known::Known;
use perch_shared::{
    Family, KeaVersion,
    api::{DaemonState, Event, ServerId, ServerStatus},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;

/// How long Perch waits between two looks at a daemon where nothing is wrong, when nobody says anything else.
pub const SYNC_INTERVAL: Duration = Duration::from_secs(30);

/// How many configurations are read at the same time: each is a tree in memory while it is looked at.
const READERS: usize = 16;

/// The fleet.
#[derive(Debug)]
pub struct Fleet {
    kea: KeaClient,
    store: Arc<Store>,
    interval: Duration,
    known: Mutex<BTreeMap<(ServerId, Family), Known>>,
    turns: Mutex<HashMap<ServerId, Arc<Turn>>>,
    bodies: Bodies,
    events: Arc<Events>,
    external: External,
    counts: counts::Counts,
    found: findings::Found,
    changes: Counter,
    readers: Semaphore,
    starters: Semaphore,
    pairing: pairing::Pairing,
    stopping: CancellationToken,
    first_round: poll::FirstRound,
}

/// Who looks at a server, one at a time; and what wakes its task.
#[derive(Debug, Default)]
struct Turn {
    alone: tokio::sync::Mutex<()>,
    wake: Notify,
}

impl Fleet {
    /// A fleet that nobody has looked at yet.
    pub fn new(kea: &KeaClient, store: Arc<Store>, interval: Duration) -> Arc<Self> {
        let limits = kea.limits();
        let kea = kea.with_limits(Limits { answer: limits.answer.min(ask::ANSWER), ..limits });
        Arc::new(Self {
            kea,
            store,
            interval,
            known: Mutex::default(),
            turns: Mutex::default(),
            bodies: Bodies::default(),
            events: Arc::default(),
            external: External::default(),
            counts: counts::Counts::default(),
            found: findings::Found::default(),
            changes: Counter::default(),
            readers: Semaphore::new(READERS),
            starters: Semaphore::new(poll::STARTERS),
            pairing: pairing::Pairing::default(),
            stopping: CancellationToken::new(),
            first_round: poll::FirstRound::default(),
        })
    }

    /// What happens.
    pub fn events(&self) -> &Arc<Events> {
        &self.events
    }

    /// What somebody else changed.
    pub fn external(&self) -> &External {
        &self.external
    }

    /// Changes through this Perch, by how they ended.
    pub fn changes(&self) -> &Counter {
        &self.changes
    }

    /// The last configuration of each daemon.
    pub fn bodies(&self) -> &Bodies {
        &self.bodies
    }

    /// How long it is between two looks at a daemon where nothing is wrong.
    pub fn interval(&self) -> Duration {
        self.interval
    }

    /// Ends everything that goes on by itself: looks, and streams of events.
    pub fn stop(&self) {
        self.stopping.cancel();
    }

    /// Is cancelled when Perch stops.
    pub fn stopping(&self) -> &CancellationToken {
        &self.stopping
    }

    /// Whether every server of the start was looked at once.
    pub fn is_ready(&self) -> bool {
        self.first_round.is_over() && !self.stopping.is_cancelled()
    }

    /// A server as it was last seen, without its abilities.
    pub fn seen(&self, record: &ServerRecord) -> ServerStatus {
        self.view(record, false)
    }

    /// Every server as it was last seen, in the order of the inventory.
    pub fn all(&self) -> Vec<ServerStatus> {
        self.store.records().iter().map(|record| self.seen(record)).collect()
    }

    /// What was last known of a daemon: its version, the hash of its configuration and its commands; `None`: nothing.
    pub fn last(&self, server: &ServerId, family: Family) -> Option<(KeaVersion, String, Arc<[String]>)> {
        let known = self.known();
        let facts = known.get(&(server.clone(), family))?.facts.as_ref()?;
        Some((facts.version, facts.hash.clone(), facts.commands.clone()))
    }

    /// The client classes of every daemon of a family that was seen, in the order of the inventory, as JSON.
    pub fn classes(&self, family: Family) -> Vec<(ServerId, Arc<str>)> {
        let (records, known) = (self.store.records(), self.known());
        let of = |record: &ServerRecord| {
            let (_, channel) = channels(record).find(|(found, _)| *found == family)?;
            let id = record.server.id.clone();
            let daemon =
                known.get(&(id.clone(), family)).filter(|daemon| daemon.address == channel.address)?;
            Some((id, daemon.facts.as_ref()?.classes.clone()))
        };
        records.iter().filter_map(of).collect()
    }

    fn view(&self, record: &ServerRecord, with_abilities: bool) -> ServerStatus {
        let known = self.known();
        let unknown = Known::default();
        let daemons: Vec<_> = channels(record)
            .map(|(family, channel)| {
                let known = known.get(&(record.server.id.clone(), family)).unwrap_or(&unknown);
                known.status(family, channel, with_abilities)
            })
            .collect();
        let state = daemons.iter().map(|daemon| daemon.state).max().unwrap_or(DaemonState::Unreachable);
        ServerStatus { server: record.server.clone(), state, daemons }
    }

    fn tell(&self, record: &ServerRecord) {
        let state = self.seen(record).state;
        self.events.publish(&Event::Server { server: record.server.id.clone(), state });
        self.pairing.wake();
    }

    /// Has a server looked at now.
    pub fn wake(&self, server: &ServerId) {
        self.turn(server).wake.notify_one();
    }

    fn turn(&self, server: &ServerId) -> Arc<Turn> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.entry(server.clone()).or_default().clone()
    }

    fn forget(&self, server: &ServerId) {
        self.known().retain(|(id, _), _| id != server);
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).remove(server);
        self.bodies.forget(server);
        self.counts.forget(server);
        self.found.forget(server);
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<(ServerId, Family), Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The daemons of a server with the channels that reach them, DHCPv4 first.
fn channels(record: &ServerRecord) -> impl Iterator<Item = (Family, &perch_shared::api::Channel)> {
    Family::ALL.into_iter().filter_map(|family| {
        let channel = record.server.channels.iter().find(|channel| channel.daemons.contains(&family));
        channel.map(|channel| (family, channel))
    })
}

/// A message as a sentence.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), characters.as_str().trim_end_matches('.')),
        None => String::new(),
    }
}
