//! Saying that a test could not run here, where a reader of the test run sees it.

use std::io::Write as _;

/// Says that the current test is skipped and why. Where continuous integration runs (`CI` is set) nothing may be
/// skipped: the test fails.
///
/// # Panics
/// When `CI` is set.
pub fn skip(reason: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    assert!(std::env::var_os("CI").is_none(), "{test} cannot run: {reason}");
    // The handle itself, not `eprintln!`, whose output a passing test would hide.
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: {reason}");
}
