//! What a list of edits makes of a configuration, and what Perch's own rules say about it.

use super::{
    daemon::Reading,
    held::{Held, hooks},
};
use crate::{error::ApiError, kea::Packed};
use perch_shared::{
    api::{Conflict, ErrorCode},
    change::{self, Difference, Edit, HookStep, Planned},
    diagnostic::{Diagnostic, Readers},
    rules,
};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// A configuration with the edits carried out.
#[derive(Debug)]
pub(super) struct Plan {
    /// What is sent to Kea.
    pub(super) config: Packed,
    /// Its hook libraries.
    pub(super) hooks: Value,
    /// The commands of hooks that do the same, where there are such.
    pub(super) steps: Option<Vec<HookStep>>,
    /// The edits with the places in their lists where they found what they take away: their undoing puts it back there.
    pub(super) edits: Vec<Edit>,
    /// What the edits change.
    pub(super) differences: Vec<Difference>,
    /// What Perch's rules say about the result.
    pub(super) diagnostics: Vec<Diagnostic>,
    refused: Vec<Diagnostic>,
    keeps_control_socket: bool,
}

impl Plan {
    /// Carries the edits out on what the daemon runs now; `commands` are those that it knows.
    ///
    /// # Errors
    /// 422 without edits, 409 when an edit does not find what it expects.
    pub(super) fn new(now: &Reading, edits: &[Edit], commands: &BTreeSet<String>) -> Result<Self, ApiError> {
        if edits.is_empty() {
            return Err(ApiError::new(ErrorCode::Invalid, "There is nothing to change: `edits` is empty."));
        }
        let planned = change::plan(&now.config, now.version, edits).map_err(conflict)?;
        let differences = change::diff(&planned.before.root, &planned.config.root);
        let steps = change::granular(&planned, &now.config, commands, now.version);
        let Planned { config, edits: carried_out, .. } = planned;
        let edits =
            edits.iter().zip(carried_out).map(|(edit, done)| edit.clone().found_at(done.from)).collect();
        let diagnostics = rules::review(&config, now.version);
        let refused = new_errors(&diagnostics, now);
        Ok(Self {
            config: Packed::of(&config)?,
            hooks: hooks(&config.root),
            steps,
            edits,
            differences,
            diagnostics,
            refused,
            keeps_control_socket: config.keeps_control_socket(),
        })
    }

    /// No change of what a daemon runs.
    pub(super) fn none(now: &Held) -> Self {
        Self {
            config: now.config.clone(),
            hooks: now.hooks.clone(),
            steps: None,
            edits: Vec::new(),
            differences: Vec::new(),
            diagnostics: Vec::new(),
            refused: Vec::new(),
            keeps_control_socket: true,
        }
    }

    /// Refuses what Kea would refuse, and what would lock every console out.
    ///
    /// # Errors
    /// 422 with the findings.
    pub(super) fn check(&self) -> Result<(), ApiError> {
        if !self.refused.is_empty() {
            let error = ApiError::new(ErrorCode::Invalid, "Kea would refuse the changed configuration.")
                .help("Nothing was changed. Correct what the findings name.");
            return Err(error.with(|body| body.diagnostics.clone_from(&self.refused)));
        }
        if !self.keeps_control_socket {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "The changed configuration has no control socket: no console could reach the daemon any more.",
            )
            .help("Nothing was changed. Keep `control-socket` or `control-sockets`."));
        }
        Ok(())
    }
}

fn conflict(conflicts: Vec<Conflict>) -> ApiError {
    ApiError::new(ErrorCode::Conflict, "Somebody else has changed the same since it was read.")
        .help("Nothing was changed. Look at both sides, and decide which is right.")
        .with(|body| body.conflicts = conflicts)
}

/// Errors that the configuration which Kea runs does not have: Kea has accepted that one, so a finding about it is
/// no reason to refuse a change of something else. An error counts for either reader: what only the reader of files
/// refuses breaks the daemon's next start.
fn new_errors(diagnostics: &[Diagnostic], now: &Reading) -> Vec<Diagnostic> {
    if !diagnostics.iter().any(Diagnostic::is_error) {
        return Vec::new();
    }
    let old = rules::review(&now.config, now.version);
    let mut known: HashMap<_, usize> = HashMap::new();
    for found in &old {
        *known.entry(identity(found)).or_default() += 1;
    }
    let mut new = Vec::new();
    for found in diagnostics.iter().filter(|found| found.is_error()) {
        match known.get_mut(&identity(found)) {
            Some(left) if *left > 0 => *left -= 1,
            _ => new.push(found.clone()),
        }
    }
    new
}

/// What makes two findings the same, wherever they stand: a change moves places.
fn identity(found: &Diagnostic) -> (&str, &str, Readers) {
    (&found.code, &found.message, found.refused_by)
}
