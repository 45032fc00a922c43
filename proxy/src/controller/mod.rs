//! Reads and changes configurations: every change goes through here, and only in a way that can be undone.

mod apply;
mod daemon;
mod fault;
mod journal;
mod lend;
mod member;
mod outcome;
mod plan;
mod preview;
mod put_back;
mod seen;
mod trail;
mod unit;
mod verify;

pub use apply::{Order, Target};
pub use daemon::{Daemon, Reading, never_answered, said};
pub use fault::{Faults, Step};

use crate::{
    error::ApiError,
    kea::KeaClient,
    store::{Archive, ServerRecord},
};
use perch_shared::Family;
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
    /// One lock per address that changes go to, however many inventory entries name it.
    locks: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl Controller {
    /// A controller that has seen nothing yet.
    pub fn new(kea: KeaClient, archive: Arc<Archive>) -> Self {
        Self { kea, archive, seen: Seen::default(), faults: Faults::default(), locks: Mutex::default() }
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
        let reading = daemon.read().await?;
        self.seen.keep(daemon, &reading);
        Ok(reading)
    }

    /// Refuses a change of a daemon where an earlier one is not settled.
    fn refuse_unsettled(&self, _targets: &[Target]) -> Result<(), ApiError> {
        Ok(())
    }

    /// Waits until nobody else changes any of the targets, and keeps others from them. In a fixed order, so that two
    /// changes never wait for each other.
    async fn lock_all(&self, targets: &[Target]) -> Vec<OwnedMutexGuard<()>> {
        let addresses: BTreeSet<String> = targets.iter().map(|target| target.daemon.address()).collect();
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
