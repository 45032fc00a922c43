//! Configurations that were read lately, so that it can be shown what somebody else changed since.

use super::{Daemon, Reading};
use perch_shared::{Family, api::ServerId};
use serde_json::Value;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

/// How many bytes are kept.
const LIMIT: usize = 64 << 20;

/// A configuration as JSON text, which takes a tenth of the memory of the tree.
#[derive(Debug)]
struct Entry {
    server: ServerId,
    family: Family,
    hash: String,
    json: Arc<[u8]>,
}

/// The configurations that were read lately, the latest last.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<VecDeque<Entry>>);

impl Seen {
    /// Keeps a configuration, and forgets the oldest where there are too many.
    pub(super) fn keep(&self, daemon: &Daemon, reading: &Reading) {
        let known = self.take(daemon, &reading.hash);
        let Some(entry) = known.or_else(|| Entry::new(daemon, reading)) else { return };
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push_back(entry);
        while entries.len() > 1 && entries.iter().map(|entry| entry.json.len()).sum::<usize>() > LIMIT {
            entries.pop_front();
        }
    }

    /// The map of the configuration with this hash, when it is still there.
    pub(super) fn get(&self, daemon: &Daemon, hash: &str) -> Option<Value> {
        let json = {
            let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            entries.iter().find(|entry| entry.is(daemon, hash))?.json.clone()
        };
        serde_json::from_slice(&json).ok()
    }

    fn take(&self, daemon: &Daemon, hash: &str) -> Option<Entry> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = entries.iter().position(|entry| entry.is(daemon, hash))?;
        entries.remove(index)
    }
}

impl Entry {
    fn new(daemon: &Daemon, reading: &Reading) -> Option<Self> {
        let json = serde_json::to_vec(&reading.config.root).ok()?.into();
        let (server, family, hash) = (daemon.server.clone(), daemon.family, reading.hash.clone());
        Some(Self { server, family, hash, json })
    }

    fn is(&self, daemon: &Daemon, hash: &str) -> bool {
        self.hash == hash && self.family == daemon.family && self.server == daemon.server
    }
}
