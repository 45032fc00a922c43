//! Whether Kea runs what was meant.

use perch_shared::{
    change::{self, Edit},
    config::Config,
};

/// How many places are named before the rest is only counted.
const NAMED: usize = 5;

/// Compares what Kea shows with what was meant: every edit is there, and nothing else changed. Gives back what is
/// worth knowing although the edits are there: Kea spells some values in its own way.
///
/// # Errors
/// What is missing, when an edit is not there at all.
pub(super) fn compare(expected: &Config, edits: &[Edit], running: &Config) -> Result<Option<String>, String> {
    let missing = missing(edits, running);
    if !missing.is_empty() {
        return Err(format!("Kea answered with success, but does not show this: {}.", missing.join("; ")));
    }
    let strays = change::strays(expected, running, edits);
    if strays.is_empty() {
        return Ok(None);
    }
    let mut places: Vec<String> = strays.iter().take(NAMED).map(|place| format!("`{place}`")).collect();
    if strays.len() > NAMED {
        places.push(format!("{} more", strays.len() - NAMED));
    }
    Ok(Some(format!("Kea writes some of it in its own way: {}.", places.join(", "))))
}

/// The edits that are not there at all, in words.
pub(super) fn missing(edits: &[Edit], running: &Config) -> Vec<String> {
    change::missing(running, edits).into_iter().map(Edit::describe).collect()
}

/// Whether what runs differs from what was meant only where the edits are: in how Kea writes them.
pub(super) fn is_only(expected: &Config, edits: &[Edit], running: &Config) -> bool {
    let touched: Vec<String> = edits.iter().flat_map(Edit::touches).collect();
    let within = |place: &String| touched.iter().any(|touched| place.starts_with(touched.as_str()));
    change::strays(expected, running, edits).iter().all(within)
}
