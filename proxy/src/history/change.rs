//! One change as a whole, and the changes under way.

use super::list::seen;
use crate::{
    auth::Who,
    error::ApiError,
    store::{Archive, Intent, KeepError, Search, masked},
};
use perch_shared::{
    api::{
        ChangeId, ChangeQuery, ChangeStep, ChangeView, ErrorCode, Later, Place, Progress, Record, SnapshotId,
        UnderWay,
    },
    change::{Difference, diff},
};
use std::ops::ControlFlow;

/// One change with its edits, its steps, and what it changed in one place.
///
/// # Errors
/// 404 when there is none that `who` may see, 507 when its files cannot be read.
pub fn change(
    archive: &Archive,
    who: &Who,
    id: &ChangeId,
    query: &ChangeQuery,
) -> Result<ChangeView, ApiError> {
    let (whole, details) = archive.find(id)?.ok_or_else(|| unknown(id))?;
    let visible: Vec<bool> = whole.places.iter().map(|place| who.sees(&place.server)).collect();
    let record = seen(whole, who).ok_or_else(|| unknown(id))?;
    let index = usize::try_from(query.place.unwrap_or_default()).unwrap_or(usize::MAX);
    let differences = match record.places.get(index) {
        Some(place) => differences(archive, place)?,
        None => None,
    };
    let lists = details.lists.into_iter().map(|list| list.into_iter().map(masked).collect()).collect();
    let steps = details.steps.into_iter().filter_map(|step| renumbered(step, &visible)).collect();
    let (can_undo, later) = (can_undo(&record), later(archive, id)?);
    Ok(ChangeView { record, lists, steps, differences, can_undo, later })
}

/// A step with its place counted among the visible ones.
fn renumbered(step: ChangeStep, visible: &[bool]) -> Option<ChangeStep> {
    let (before, rest) = visible.split_at_checked(step.place)?;
    let is_visible = rest.first().copied().unwrap_or_default();
    is_visible.then(|| ChangeStep { place: before.iter().filter(|visible| **visible).count(), ..step })
}

/// There is no such change.
pub(super) fn unknown(id: &ChangeId) -> ApiError {
    ApiError::new(ErrorCode::NotFound, format!("The history has no change `{id}`."))
        .help("It may have been removed because it was old, or it is still under way.")
}

/// Whether some place runs what the change left there.
pub(super) fn can_undo(record: &Record) -> bool {
    record.kind.has_edits() && record.places.iter().any(|place| place.outcome.is_applied())
}

/// What a change did in one place; `None`: Perch has no copy of both sides.
fn differences(archive: &Archive, place: &Place) -> Result<Option<Vec<Difference>>, ApiError> {
    let (Some(before), Some(after)) = (&place.before.snapshot, &place.after.snapshot) else {
        return Ok(None);
    };
    between(archive, before, after)
}

/// Where two snapshots differ; `None`: one of them is not there any more.
fn between(
    archive: &Archive,
    before: &SnapshotId,
    after: &SnapshotId,
) -> Result<Option<Vec<Difference>>, ApiError> {
    let before = archive.snapshots.sealed(before);
    let after = archive.snapshots.sealed(after);
    match (before, after) {
        (Ok(before), Ok(after)) => Ok(Some(diff(&before.config.root, &after.config.root))),
        (Err(KeepError::Missing(_)), _) | (_, Err(KeepError::Missing(_))) => Ok(None),
        (Err(error), _) | (_, Err(error)) => Err(error.into()),
    }
}

/// The later changes that name this one.
fn later(archive: &Archive, id: &ChangeId) -> Result<Vec<Later>, ApiError> {
    let mut later = Vec::new();
    archive.audit.scan(Search::all(&format!("\"of\":\"{id}\"")), |record| {
        if record.of.as_ref() == Some(id) {
            let Record { id, kind, time, who, outcome, .. } = record;
            later.push(Later { id, kind, time, who, outcome });
        }
        ControlFlow::Continue(())
    })?;
    later.reverse();
    Ok(later)
}

/// The changes under way that somebody may see.
pub fn under_way(archive: &Archive, who: &Who) -> Vec<UnderWay> {
    archive.intents.open().into_iter().filter_map(|intent| progress(intent, who)).collect()
}

fn progress(intent: Intent, who: &Who) -> Option<UnderWay> {
    let target = |(index, target): (usize, &crate::store::Target)| Progress {
        server: target.server.clone(),
        family: target.family,
        phase: intent.last(index).map(|step| step.phase),
    };
    let visible = intent.plan.targets.iter().enumerate().filter(|(_, target)| who.sees(&target.server));
    let targets: Vec<Progress> = visible.map(target).collect();
    if targets.is_empty() {
        return None;
    }
    let sentences = intent.plan.lists.iter().flat_map(|list| list.sentences.iter().cloned()).collect();
    let Intent { id, time, plan, .. } = intent;
    Some(UnderWay { id, time, who: plan.who, comment: plan.comment, sentences, targets })
}
