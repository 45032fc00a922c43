//! One task for each server: looks at it, pauses, looks again.

use super::{Fleet, probe};
use crate::store::ServerRecord;
use perch_shared::{
    Family,
    api::{Channel, ChannelKind, Event, HaRelationship, Origin, ProbeReport, ServerId},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{sync::Semaphore, task::AbortHandle, time::timeout};

/// How many servers are looked at for the first time at once.
pub(super) const STARTERS: usize = 32;

/// How long one of them may keep others waiting.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long it is between two looks at a server whose HA relationship is on the way to its normal state.
const GETS_READY: Duration = Duration::from_secs(3);

/// Every how many looks a server of the settings is looked at for another daemon.
const DISCOVER_EVERY: u32 = 16;

/// The servers of the start that were not looked at yet.
#[derive(Debug, Default)]
pub(super) struct FirstRound(Mutex<Option<BTreeSet<ServerId>>>);

impl FirstRound {
    fn begin(&self, servers: BTreeSet<ServerId>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(servers);
    }

    fn looked(&self, server: &ServerId) {
        if let Some(left) = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            left.remove(server);
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().is_some_and(BTreeSet::is_empty)
    }
}

impl Fleet {
    /// Follows the inventory until [`stop`](Self::stop): every server in it is looked at again and again.
    pub fn start(self: &Arc<Self>) {
        let ids = self.store.records().into_iter().map(|record| record.server.id).collect();
        self.first_round.begin(ids);
        let fleet = self.clone();
        tokio::spawn(async move {
            let stopping = fleet.stopping.clone();
            stopping.run_until_cancelled(fleet.follow()).await;
        });
        let fleet = self.clone();
        tokio::spawn(async move {
            let stopping = fleet.stopping.clone();
            stopping.run_until_cancelled(fleet.follow_pairs()).await;
        });
        let fleet = self.clone();
        tokio::spawn(async move {
            let stopping = fleet.stopping.clone();
            stopping.run_until_cancelled(fleet.follow_counts()).await;
        });
    }

    async fn follow(self: &Arc<Self>) {
        let mut inventory = self.store.changes();
        let mut tasks: BTreeMap<ServerId, (ServerRecord, Task)> = BTreeMap::new();
        loop {
            inventory.mark_unchanged();
            let records: BTreeMap<ServerId, ServerRecord> =
                self.store.records().into_iter().map(|record| (record.server.id.clone(), record)).collect();
            let known: Vec<ServerId> = tasks.keys().cloned().collect();
            for id in known.iter().filter(|id| !records.contains_key(*id)) {
                tasks.remove(id);
                self.forget(id);
            }
            for (id, record) in records {
                if tasks.get(&id).is_none_or(|(known, _)| *known != record) {
                    let task = self.spawn(id.clone());
                    tasks.insert(id, (record, task));
                }
            }
            if inventory.changed().await.is_err() {
                return;
            }
            self.events.publish(&Event::Inventory);
        }
    }

    fn spawn(self: &Arc<Self>, id: ServerId) -> Task {
        let fleet = self.clone();
        let task = tokio::spawn(async move {
            let stopping = fleet.stopping.clone();
            stopping.run_until_cancelled(fleet.watch(id)).await;
        });
        Task(task.abort_handle())
    }

    /// Looks at one server until it is gone from the inventory.
    async fn watch(self: &Arc<Self>, id: ServerId) {
        let mut failures: u32 = 0;
        let mut round: u32 = 0;
        let turn = self.turn(&id);
        while let Some(record) = self.store.get(&id) {
            let looking = async {
                let record = self.discovered(record, round).await;
                (self.look_deep(&record, None).await, record.is_known())
            };
            let (looked, is_known) =
                if round == 0 { with_patience(&self.starters, looking).await } else { looking.await };
            self.first_round.looked(&id);
            failures = if looked.all_answered && is_known { 0 } else { failures.saturating_add(1) };
            round = round.wrapping_add(1);
            let usual = pause(self.interval, failures, looked.cost);
            let pause = if self.gets_ready(&id) { usual.min(GETS_READY) } else { usual };
            if timeout(jitter(pause), turn.wake.notified()).await.is_ok() {
                failures = 0;
            }
        }
    }

    /// Whether an HA relationship of the server is on the way to its normal state, so that it is another one soon.
    fn gets_ready(&self, id: &ServerId) -> bool {
        let known = self.known();
        let facts =
            Family::ALL.into_iter().filter_map(|family| known.get(&(id.clone(), family))?.facts.as_ref());
        facts.flat_map(|facts| &facts.relations).any(HaRelationship::gets_ready)
    }

    /// Finds out what is at the addresses of a server.
    ///
    /// # Errors
    /// When no daemon answers: the record as it was, and what was found instead.
    pub async fn discover(&self, record: ServerRecord) -> Result<ServerRecord, (ServerRecord, ProbeReport)> {
        let addresses: Vec<String> =
            record.server.channels.iter().map(|channel| channel.address.clone()).collect();
        let report = probe(&self.kea, &addresses, record.credentials.as_ref(), &record.server.tls).await;
        if report.daemons.is_empty() {
            return Err((record, report));
        }
        Ok(self.store.discovered(&record.server.id, report).unwrap_or(record))
    }

    /// A server that has never answered is looked at for its daemons; one of the settings that may have more, now and
    /// then.
    async fn discovered(&self, record: ServerRecord, round: u32) -> ServerRecord {
        // A daemon's own socket leads to that daemon only.
        let open =
            |channel: &Channel| channel.kind == ChannelKind::ControlAgent || channel.daemons.is_empty();
        let may_have_more = record.server.origin == Origin::Settings
            && record.daemons() < Family::ALL.len()
            && record.server.channels.iter().any(open);
        let due = !record.is_known() || (may_have_more && round % DISCOVER_EVERY == DISCOVER_EVERY - 1);
        if !due {
            return record;
        }
        self.discover(record).await.unwrap_or_else(|silent| silent.0)
    }
}

/// A task that ends when this is dropped.
#[derive(Debug)]
struct Task(AbortHandle);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits for something in the company of few others. One that takes long goes on by itself, and makes room.
async fn with_patience<T>(room: &Semaphore, work: impl Future<Output = T>) -> T {
    let permit = room.acquire().await;
    let mut work = std::pin::pin!(work);
    match timeout(PATIENCE, &mut work).await {
        Ok(done) => done,
        Err(_) => {
            drop(permit);
            work.await
        }
    }
}

/// How long a server is left alone after a look that took `cost`. One that does not answer is asked less and less
/// often; so is one that needs long to answer (ten thousand subnets are half a second of work for a daemon).
fn pause(interval: Duration, failures: u32, cost: Duration) -> Duration {
    const LONGEST: Duration = Duration::from_secs(300);
    let backed_off = interval.saturating_mul(1 << failures.min(4)).min(LONGEST.max(interval));
    let spared = cost.saturating_mul(10).min(interval.saturating_mul(4));
    backed_off.max(spared)
}

/// The pause, shortened by up to a quarter, so that not all servers are asked at the same moment for ever.
fn jitter(pause: Duration) -> Duration {
    let random = u32::try_from(RandomState::new().hash_one(pause) % 256).unwrap_or_default();
    pause - pause.saturating_mul(random) / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_silent_or_slow_is_asked_less_often() {
        let seconds = Duration::from_secs;
        for (failures, cost, expected) in
            [(0, 0, 30), (1, 0, 60), (3, 0, 240), (9, 0, 300), (0, 2, 30), (0, 9, 90), (0, 99, 120)]
        {
            assert_eq!(pause(seconds(30), failures, seconds(cost)), seconds(expected), "{failures} {cost}");
        }
        assert_eq!(
            pause(seconds(3600), 2, seconds(0)),
            seconds(3600),
            "never more often than the interval says"
        );
    }

    #[test]
    fn jitter_only_shortens() {
        for millis in 0..200 {
            let pause = Duration::from_millis(millis);
            assert!((pause * 3 / 4..=pause).contains(&jitter(pause)));
        }
    }

    #[tokio::test]
    async fn what_hangs_makes_room() {
        let room = Semaphore::new(1);
        let hangs = with_patience(&room, std::future::pending::<()>());
        let quick = with_patience(&room, async { 7 });
        tokio::select! {
            () = hangs => panic!("it hangs"),
            seven = quick => assert_eq!(seven, 7),
        }
    }
}
