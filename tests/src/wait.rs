//! Waiting for something to happen, with a deadline, never for an amount of time.

use std::time::{Duration, Instant};

/// How long the bench waits for anything that should happen soon. Long, because a loaded machine is slow; reaching
/// it is a failure.
pub const SOON: Duration = Duration::from_secs(30);

const PAUSE: Duration = Duration::from_millis(15);

/// Asks `probe` until it gives a value.
///
/// # Errors
/// When `deadline` has passed: the last reason that `probe` gave.
pub fn try_until<T>(deadline: Duration, mut probe: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    let start = Instant::now();
    loop {
        match probe() {
            Ok(value) => return Ok(value),
            Err(reason) if start.elapsed() > deadline => return Err(reason),
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
}

/// Asks `probe` until it gives a value, for at most [`SOON`].
///
/// # Panics
/// When it did not, with `what` and the last reason that `probe` gave.
pub fn until<T>(what: &str, probe: impl FnMut() -> Result<T, String>) -> T {
    within(SOON, what, probe)
}

/// Asks `probe` until it gives a value, for at most `time`.
///
/// # Panics
/// As [`until`].
pub fn within<T>(time: Duration, what: &str, probe: impl FnMut() -> Result<T, String>) -> T {
    try_until(time, probe).unwrap_or_else(|reason| panic!("waited {time:?} for {what}: {reason}"))
}
