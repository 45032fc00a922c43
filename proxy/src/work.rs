//! What keeps a processor busy: reading configurations, carrying edits out on them, comparing them.

use std::{
    future::pending, num::NonZero, panic::resume_unwind, sync::LazyLock, thread::available_parallelism,
};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// One seat for each processor: more would not be faster, but hold more configurations in memory at once.
static SEATS: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, NonZero::get)));

/// Does a piece of work where it holds up nobody who waits for an answer.
pub async fn work<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> T {
    // The seats are never closed.
    let _seat = SEATS.acquire().await;
    match spawn_blocking(job).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The runtime ends, and this with it.
            Err(_) => pending().await,
        },
    }
}
