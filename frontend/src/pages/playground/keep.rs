//! What the Playground remembers for as long as the tab lives, reloads included.

use crate::browser;

/// The configuration's text.
pub const CONFIGURATION: &str = "perch-playground-configuration";
/// The expression bench: what stands after `#` in its address.
pub const BENCH: &str = "perch-playground-bench";
/// The Kea for which is judged.
pub const KEA: &str = "perch-playground-kea";

/// The longest text that is remembered, in UTF-16 units: browsers give a page some five millions of them.
pub const LONGEST: u32 = 2_000_000;

/// What was remembered; empty: nothing.
pub fn read(key: &str) -> String {
    browser::kept_text(key).unwrap_or_default()
}

/// Remembers a text; an empty one is forgotten. Where the browser refuses, nothing is remembered.
pub fn write(key: &str, text: &str) {
    if text.is_empty() || !browser::keep_text(key, text) {
        browser::forget_kept(key);
    }
}
