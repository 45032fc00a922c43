//! One task for each server: looks at it, pauses, looks again.

use super::{Fleet, known::Known, probe};
use crate::store::ServerRecord;
use perch_shared::api::{Event, Origin, ProbeReport, ServerId};
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{task::AbortHandle, time::timeout};

/// Every how many looks a server of the settings is looked at for another daemon.
const DISCOVER_EVERY: u32 = 4;

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
            let record = self.discovered(record, round).await;
            let looked = self.look_deep(&record, None).await;
            self.first_round.looked(&id);
            failures = if looked.all_answered && record.is_known() { 0 } else { failures.saturating_add(1) };
            round = round.wrapping_add(1);
            let pause = Known::default().pause(self.interval, failures, looked.cost);
            if timeout(jitter(pause), turn.wake.notified()).await.is_ok() {
                failures = 0;
            }
        }
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
        let may_have_more = record.server.origin == Origin::Settings && record.daemons() < 2;
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

/// The pause, shortened by up to a quarter, so that not all servers are asked at the same moment for ever.
fn jitter(pause: Duration) -> Duration {
    let random = u32::try_from(RandomState::new().hash_one(pause) % 256).unwrap_or_default();
    pause - pause.saturating_mul(random) / 1024
}
