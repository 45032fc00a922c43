//! Configurations that were read lately, so that it can be shown what somebody else changed since.

use super::{Daemon, Reading};
use perch_shared::{Family, api::ServerId, config::Config};
use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, PoisonError},
};

/// How much is kept: the length of the configurations as JSON text.
const LIMIT: usize = 64 << 20;

#[derive(Debug)]
struct Entry {
    server: ServerId,
    family: Family,
    hash: String,
    config: Arc<Config>,
    size: usize,
}

/// The configurations that were read lately, the latest last.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<VecDeque<Entry>>);

impl Seen {
    /// Keeps a configuration, and forgets the oldest where there are too many.
    pub(super) fn keep(&self, daemon: &Daemon, reading: &Reading) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = entries.iter().position(|entry| entry.is(daemon, &reading.hash));
        let entry = known.and_then(|index| entries.remove(index)).unwrap_or_else(|| Entry {
            server: daemon.server.clone(),
            family: daemon.family,
            hash: reading.hash.clone(),
            config: Arc::new(reading.config.clone()),
            size: size(&reading.config),
        });
        entries.push_back(entry);
        while entries.len() > 1 && entries.iter().map(|entry| entry.size).sum::<usize>() > LIMIT {
            entries.pop_front();
        }
    }

    /// The configuration with this hash, when it is still there.
    pub(super) fn get(&self, daemon: &Daemon, hash: &str) -> Option<Arc<Config>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().find(|entry| entry.is(daemon, hash)).map(|entry| entry.config.clone())
    }
}

impl Entry {
    fn is(&self, daemon: &Daemon, hash: &str) -> bool {
        self.hash == hash && self.family == daemon.family && self.server == daemon.server
    }
}

fn size(config: &Config) -> usize {
    struct Count(usize);
    impl io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    // Counting cannot fail.
    let _ = serde_json::to_writer(&mut count, &config.root);
    count.0
}
