//! Whether Kea runs what was meant.

use super::plan::Plan;
use perch_shared::{
    api::Conflict,
    change::{self, Difference, Edit},
    config::Config,
};

/// How many places are named before the rest is only counted.
const NAMED: usize = 5;

/// Compares what Kea shows with what was meant: every edit is there, and nothing else changed. Gives back what is
/// worth knowing although the edits are there: Kea spells some values in its own way.
///
/// # Errors
/// What is missing, when an edit is not there at all.
pub(super) fn compare(plan: &Plan, edits: &[Edit], running: &Config) -> Result<Option<String>, String> {
    let missing = missing(edits, running);
    if !missing.is_empty() {
        return Err(format!("Kea answered with success, but does not show this: {}.", missing.join("; ")));
    }
    let differences = beside(&plan.expected, edits, running);
    if differences.is_empty() {
        return Ok(None);
    }
    let mut places: Vec<String> =
        differences.iter().take(NAMED).map(|difference| format!("`{}`", difference.path)).collect();
    if differences.len() > NAMED {
        places.push(format!("{} more", differences.len() - NAMED));
    }
    Ok(Some(format!("Kea writes some of it in its own way: {}.", places.join(", "))))
}

/// The edits that are not there at all, in words.
pub(super) fn missing(edits: &[Edit], running: &Config) -> Vec<String> {
    not_there(edits, running)
        .iter()
        .filter(|conflict| is_missing(conflict))
        .filter_map(wanted)
        .map(|edit| edit.describe())
        .collect()
}

/// Whether what runs differs from what was meant only where the edits are: in how Kea writes them.
pub(super) fn is_only(expected: &Config, edits: &[Edit], running: &Config) -> bool {
    let touched: Vec<String> = edits.iter().flat_map(Edit::touches).collect();
    let within =
        |difference: &Difference| touched.iter().any(|place| difference.path.starts_with(place.as_str()));
    beside(expected, edits, running).iter().all(within)
}

/// What runs beside what was meant.
fn beside(expected: &Config, edits: &[Edit], running: &Config) -> Vec<Difference> {
    let touched: Vec<String> = edits.iter().flat_map(Edit::touches).collect();
    let mut differences = change::diff(&expected.root, &running.root);
    differences.retain(|difference| !is_default(difference, &touched));
    differences
}

/// Kea prints the keys that an edit leaves out with their defaults.
fn is_default(difference: &Difference, touched: &[String]) -> bool {
    difference.before.is_none()
        && touched.iter().any(|place| difference.path.starts_with(&format!("{place}.")))
}

/// The edits that are not there as they were sent: those that cannot be undone.
fn not_there(edits: &[Edit], running: &Config) -> Vec<Conflict> {
    let undo: Vec<Edit> = edits.iter().rev().map(Edit::invert).collect();
    change::apply(running, &undo).err().unwrap_or_default()
}

/// The edit whose undo met the conflict.
fn wanted(undo: &Conflict) -> Option<Edit> {
    match (undo.wanted.clone(), undo.expected.clone()) {
        (before, Some(after)) => Some(Edit::SetOption { before, after }),
        (Some(before), None) => Some(Edit::RemoveOption { before }),
        (None, None) => None,
    }
}

/// An undo that finds nothing to take back, or finds again what was removed. One that finds the option with another
/// text has found it: Kea spells some values in its own way.
fn is_missing(conflict: &Conflict) -> bool {
    match &conflict.expected {
        Some(_) => conflict.found.is_none(),
        None => true,
    }
}
