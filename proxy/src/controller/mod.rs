//! Reads and changes configurations: every change goes through here, and only in a way that can be undone.

mod apply;
mod bring;
mod catch_up;
mod daemon;
mod fault;
mod has;
mod held;
mod hook;
mod journal;
mod lend;
mod member;
mod outcome;
mod plan;
mod preview;
mod put_back;
mod recover;
mod removed;
mod seen;
mod trail;
mod unit;
mod verify;

pub use apply::{Order, Target};
pub use daemon::{Daemon, Reading, never_answered, said};
pub use fault::{Faults, Step};
pub use recover::recover;

use crate::{
    error::ApiError,
    kea::KeaClient,
    store::{Archive, ServerRecord},
};
use perch_shared::Family;
use recover::Recoveries;
use seen::Seen;
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OwnedMutexGuard;

/// Reads and changes configurations.
#[derive(Debug)]
pub struct Controller {
    kea: KeaClient,
    archive: Arc<Archive>,
    seen: Seen,
    faults: Faults,
    recoveries: Recoveries,
    /// One lock per address that changes go to, however many inventory entries name it.
    locks: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl Controller {
    /// A controller that has seen nothing yet.
    pub fn new(kea: KeaClient, archive: Arc<Archive>) -> Self {
        let recoveries = Recoveries::left(&archive.intents.open());
        let (seen, faults, locks) = (Seen::default(), Faults::default(), Mutex::default());
        Self { kea, archive, seen, faults, recoveries, locks }
    }

    /// The same controller, where something goes wrong as a test wants it.
    #[must_use]
    pub fn with_faults(self, faults: Faults) -> Self {
        Self { faults, ..self }
    }

    /// A server's daemon.
    ///
    /// # Errors
    /// 404 when the server has no such daemon.
    pub fn daemon(&self, record: &ServerRecord, family: Family) -> Result<Daemon, ApiError> {
        Daemon::new(self.kea.clone(), record, family)
    }

    /// The daemon's configuration and version, as they are now.
    ///
    /// # Errors
    /// When the daemon does not answer, or not with a configuration.
    pub async fn read(&self, daemon: &Daemon) -> Result<Reading, ApiError> {
        let (held, reading) = daemon.read(|reading| reading).await?;
        self.seen.keep(daemon, &held.hash, &held.config);
        Ok(reading)
    }

    /// Refuses a change of a daemon where an earlier one is not settled.
    fn refuse_unsettled(&self, targets: &[Target]) -> Result<(), ApiError> {
        targets.iter().find_map(|target| self.recoveries.stands_against(target)).map_or(Ok(()), Err)
    }

    /// Waits until nobody else changes any of the daemons, and keeps others from them. In a fixed order, so that two
    /// changes never wait for each other.
    async fn lock_all(&self, daemons: impl Iterator<Item = &Daemon>) -> Vec<OwnedMutexGuard<()>> {
        let addresses: BTreeSet<String> = daemons.map(Daemon::address).collect();
        let mut guards = Vec::with_capacity(addresses.len());
        for address in addresses {
            guards.push(self.lock(&address).await);
        }
        guards
    }

    /// Waits until nobody else changes what is behind this address, and keeps others from it.
    pub async fn lock(&self, address: &str) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
            locks.entry(address.to_owned()).or_default().clone()
        };
        lock.lock_owned().await
    }
}
