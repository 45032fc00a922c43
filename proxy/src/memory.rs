//! Giving memory back to the system: after big configurations were read, most of what it took lies idle in the
//! allocator, between what is still in use.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use tokio::time::{MissedTickBehavior, interval};

/// From how many bytes of answers on there is something worth giving back: their trees take ten times as much.
const BIG: usize = 1 << 20;

/// How often it is looked whether there were as many.
const EVERY: Duration = Duration::from_secs(5);

/// Bytes of answers since the last time.
static READ: AtomicUsize = AtomicUsize::new(0);

/// Notes that an answer of so many bytes is being read.
pub fn note(bytes: usize) {
    READ.fetch_add(bytes, Ordering::Relaxed);
}

/// Gives back what lies idle, some seconds after big answers or many, for as long as Perch runs.
pub async fn give_back() {
    let mut turns = interval(EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        if READ.load(Ordering::Relaxed) < BIG {
            continue;
        }
        READ.store(0, Ordering::Relaxed);
        if tokio::task::spawn_blocking(trim).await.is_err() {
            tracing::warn!("memory could not be given back to the system");
        }
    }
}

/// Asks the allocator to give back every page that it does not use.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn trim() {
    #[allow(unsafe_code, reason = "only the C library can tell the system which pages of its heap are idle")]
    // SAFETY: it touches no memory that is in use, and may be called by any thread at any time.
    let _ = unsafe { libc::malloc_trim(0) };
}

/// Other allocators give idle memory back by themselves, or do not say how.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn trim() {}
