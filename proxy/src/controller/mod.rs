//! Reads and changes configurations: every change goes through here, and only in a way that can be undone.

mod apply;
mod daemon;
mod journal;
mod plan;
mod preview;
mod put_back;
mod seen;
mod verify;

pub use daemon::{Daemon, Reading, never_answered, said};

use crate::{
    error::ApiError,
    kea::KeaClient,
    store::{Archive, ServerRecord},
};
use perch_shared::Family;
use seen::Seen;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::OwnedMutexGuard;

/// Reads and changes configurations.
#[derive(Debug)]
pub struct Controller {
    kea: KeaClient,
    archive: Arc<Archive>,
    seen: Seen,
    /// One lock per address that changes go to, however many inventory entries name it.
    locks: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl Controller {
    /// A controller that has seen nothing yet.
    pub fn new(kea: KeaClient, archive: Arc<Archive>) -> Self {
        Self { kea, archive, seen: Seen::default(), locks: Mutex::default() }
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

    /// Waits until nobody else changes what is behind this address, and keeps others from it.
    pub async fn lock(&self, address: &str) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
            locks.entry(address.to_owned()).or_default().clone()
        };
        lock.lock_owned().await
    }
}
