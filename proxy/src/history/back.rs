//! Going back: what it takes to undo a change or to bring a snapshot back, on what Kea runs now.

use super::{
    blocking,
    change::{can_undo, unknown},
    list::seen,
    snapshots::kept,
};
use crate::{app::App, auth::Who, controller::Reading, error::ApiError, store::Archive};
use futures_util::future::join_all;
use perch_shared::{
    Family,
    api::{ChangeId, Draft, DraftTarget, ErrorCode, Place, Record, ServerId, SnapshotId},
    change::{self, Edit},
    config::{Config, thaw},
};
use serde_json::Value;
use std::sync::Arc;

/// The changes that undo a change: one for each list of edits that went somewhere. Changes nothing.
///
/// # Errors
/// 404 when there is no such change, 422 when it changed nothing that could be undone.
pub async fn undo(app: &Arc<App>, who: &Who, id: &ChangeId) -> Result<Vec<Draft>, ApiError> {
    let (archive, who, id) = (app.archive.clone(), who.clone(), id.clone());
    let (record, lists) = blocking(move || inverted(&archive, &who, &id)).await?;
    let mut drafts = Vec::new();
    for (index, edits) in lists.into_iter().enumerate() {
        let places = record.places.iter().filter(|place| place.list == index && place.outcome.is_applied());
        let targets = join_all(places.map(|place| target(app, place, &edits))).await;
        if !targets.is_empty() && !edits.is_empty() {
            drafts.push(draft(app, targets.into_iter().flatten().collect(), &edits)?);
        }
    }
    Ok(drafts)
}

/// A change, and the lists of edits that take each of its lists back.
fn inverted(archive: &Archive, who: &Who, id: &ChangeId) -> Result<(Record, Vec<Vec<Edit>>), ApiError> {
    let (record, details) = archive.find(id)?.ok_or_else(|| unknown(id))?;
    let record = seen(record, who).ok_or_else(|| unknown(id))?;
    if !can_undo(&record) {
        return Err(nothing_to_undo(&record));
    }
    let invert = |list: &Vec<Value>| -> Result<Vec<Edit>, ApiError> {
        Ok(archive.unsealed(list)?.iter().rev().map(Edit::invert).collect())
    };
    let lists = details.lists.iter().map(invert).collect::<Result<_, _>>()?;
    Ok((record, lists))
}

/// The change that brings a snapshot back. Changes nothing.
///
/// # Errors
/// 404 when the daemon has no such snapshot; when it cannot be asked.
pub async fn restore(
    app: &Arc<App>,
    server: &ServerId,
    family: Family,
    id: &SnapshotId,
) -> Result<Draft, ApiError> {
    kept(&app.archive, server, family, id).await?;
    let wanted = app.archive.snapshots.get(id).await?.config;
    let now = read(app, server, family).await?;
    let edits = edits_between(&now.config, &wanted);
    let target = DraftTarget {
        server: server.clone(),
        family,
        based_on: Some(now.hash),
        problem: None,
        conflicts: Vec::new(),
    };
    draft(app, vec![target], &edits)
}

fn draft(app: &App, targets: Vec<DraftTarget>, edits: &[Edit]) -> Result<Draft, ApiError> {
    let sentences = edits.iter().map(Edit::describe).collect();
    Ok(Draft { targets, edits: app.archive.without_secrets(edits)?, sentences })
}

/// A place as it is now, and what has been changed there since.
async fn target(app: &Arc<App>, place: &Place, edits: &[Edit]) -> Option<DraftTarget> {
    let family = place.family?;
    let mut target = DraftTarget {
        server: place.server.clone(),
        family,
        based_on: None,
        problem: None,
        conflicts: Vec::new(),
    };
    match read(app, &place.server, family).await {
        Ok(now) => {
            target.conflicts = change::plan(&now.config, now.version, edits).err().unwrap_or_default();
            target.based_on = Some(now.hash);
        }
        Err(error) => target.problem = Some(error.body().message.clone()),
    }
    Some(target)
}

/// What a daemon runs now.
pub(super) async fn read(app: &Arc<App>, server: &ServerId, family: Family) -> Result<Reading, ApiError> {
    let record = app.server(server).await?;
    let daemon = app.controller.daemon(&record, family)?;
    app.controller.read(&daemon).await
}

fn nothing_to_undo(record: &Record) -> ApiError {
    let message = if record.kind.has_edits() {
        "The change did not take effect anywhere, so there is nothing to undo."
    } else {
        "This has no edits that could be undone."
    };
    ApiError::new(ErrorCode::Invalid, message).help("A snapshot can be brought back instead.")
}

/// The edits that make one configuration of another. What subnets inherit stays inherited, as in every change.
fn edits_between(before: &Config, after: &Config) -> Vec<Edit> {
    let [before, after] = [before, after].map(|config| {
        let mut config = config.clone();
        thaw(&mut config);
        config
    });
    change::edits_between(&before, &after)
}
