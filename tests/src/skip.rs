//! Saying that a test could not run here, where a reader of the test run sees it.

use std::{
    collections::BTreeSet,
    io::Write as _,
    sync::{Mutex, PoisonError},
};

/// Says that the current test is skipped and why. Where continuous integration runs (`CI` is set) nothing may be
/// skipped: the test fails.
///
/// # Panics
/// When `CI` is set.
pub fn skip(reason: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    assert!(std::env::var_os("CI").is_none(), "{test} cannot run: {reason}");
    // Once, however many labs the test asks for.
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let line = format!("SKIPPED {test}: {reason}\n");
    if SAID.lock().unwrap_or_else(PoisonError::into_inner).insert(line.clone()) {
        // The handle itself, not `eprint!`, whose output a passing test would hide.
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
}
