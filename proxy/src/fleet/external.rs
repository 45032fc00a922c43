//! What somebody else than this Perch changed: the latest changes, for the page, and whoever keeps a history.

use perch_shared::api::ExternalChange;
use std::{
    collections::VecDeque,
    fmt,
    sync::{Mutex, OnceLock, PoisonError},
};

/// How many changes are kept.
const KEPT: usize = 200;

/// How many differences of one change are kept; the others are counted.
pub(super) const DIFFERENCES: usize = 100;

/// The latest external changes.
#[derive(Default)]
pub struct External {
    kept: Mutex<VecDeque<ExternalChange>>,
    witness: OnceLock<Witness>,
    total: std::sync::atomic::AtomicU64,
}

/// Who is told about each external change.
type Witness = Box<dyn Fn(&ExternalChange) + Send + Sync>;

impl fmt::Debug for External {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("External").finish_non_exhaustive()
    }
}

impl External {
    /// Has somebody told about each change from now on: the history. Only the first caller is heard. What is called
    /// must not wait.
    pub fn on_change(&self, witness: impl Fn(&ExternalChange) + Send + Sync + 'static) {
        // A second witness would be a second history.
        let _ = self.witness.set(Box::new(witness));
    }

    /// The latest ones, the last one first.
    pub fn list(&self) -> Vec<ExternalChange> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }

    /// How many there were since the start.
    pub fn total(&self) -> u64 {
        self.total.load(std::sync::atomic::Ordering::Relaxed)
    }

    pub(super) fn add(&self, change: ExternalChange) {
        self.total.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if let Some(witness) = self.witness.get() {
            witness(&change);
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(change);
        while kept.len() > KEPT {
            kept.pop_front();
        }
    }
}
