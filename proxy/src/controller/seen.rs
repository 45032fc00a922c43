//! Configurations that were read lately, so that it can be shown what somebody else changed since.

use super::Daemon;
use crate::kea::Packed;
use perch_shared::{Family, api::ServerId};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

/// How many bytes are kept.
const LIMIT: usize = 8 << 20;

/// A configuration of a daemon.
#[derive(Debug)]
struct Entry {
    server: ServerId,
    family: Family,
    hash: String,
    config: Packed,
}

/// The configurations that were read lately, the latest last.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<VecDeque<Entry>>);

impl Seen {
    /// Keeps a configuration, and forgets the oldest where there are too many.
    pub(super) fn keep(&self, daemon: &Daemon, hash: &str, config: &Packed) {
        let entry = self.take(daemon, hash).unwrap_or_else(|| Entry::new(daemon, hash, config));
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push_back(entry);
        while entries.len() > 1 && entries.iter().map(|entry| entry.config.size()).sum::<usize>() > LIMIT {
            entries.pop_front();
        }
    }

    /// The configuration with this hash, when it is still there.
    pub(super) fn get(&self, daemon: &Daemon, hash: &str) -> Option<Packed> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Some(entries.iter().find(|entry| entry.is(daemon, hash))?.config.clone())
    }

    fn take(&self, daemon: &Daemon, hash: &str) -> Option<Entry> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = entries.iter().position(|entry| entry.is(daemon, hash))?;
        entries.remove(index)
    }
}

impl Entry {
    fn new(daemon: &Daemon, hash: &str, config: &Packed) -> Self {
        let (server, family, hash) = (daemon.server.clone(), daemon.family, hash.to_owned());
        Self { server, family, hash, config: config.clone() }
    }

    fn is(&self, daemon: &Daemon, hash: &str) -> bool {
        self.hash == hash && self.family == daemon.family && self.server == daemon.server
    }
}
