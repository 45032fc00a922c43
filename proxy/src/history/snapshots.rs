//! The configurations that Perch kept of a daemon.

use super::{
    back, blocking,
    list::{SEARCHED, length},
};
use crate::{
    app::App,
    error::ApiError,
    store::{Archive, Search},
};
use perch_shared::{
    Family,
    api::{
        CompareQuery, Comparison, ErrorCode, Moment, PageQuery, Place, Record, ServerId, SnapshotId,
        SnapshotLine, SnapshotPage, SnapshotView,
    },
    change::diff,
};
use std::{ops::ControlFlow, sync::Arc};

/// The snapshots of a daemon, the latest first.
///
/// # Errors
/// When the history cannot be read.
pub fn snapshots(
    archive: &Archive,
    server: &ServerId,
    family: Family,
    query: &PageQuery,
) -> Result<SnapshotPage, ApiError> {
    let limit = length(query.limit);
    let mut snapshots: Vec<SnapshotLine> = Vec::new();
    let search = Search { before: query.before, word: &format!("\"{server}\""), bytes: SEARCHED };
    let next = archive.audit.scan(search, |record| {
        for place in places(&record, server, family) {
            let found = [(&place.after, false), (&place.before, true)];
            snapshots.extend(found.into_iter().filter_map(|(moment, before)| line(&record, moment, before)));
        }
        if snapshots.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    // What one change left is what the next one found.
    snapshots.dedup_by(|older, newer| older.snapshot == newer.snapshot && older.before != newer.before);
    Ok(SnapshotPage { snapshots, next })
}

fn places<'a>(record: &'a Record, server: &ServerId, family: Family) -> impl Iterator<Item = &'a Place> {
    record.places.iter().filter(move |place| place.server == *server && place.family == Some(family))
}

fn line(record: &Record, moment: &Moment, before: bool) -> Option<SnapshotLine> {
    Some(SnapshotLine {
        snapshot: moment.snapshot.clone()?,
        hash: moment.hash.clone(),
        change: record.id.clone(),
        time: record.time.clone(),
        who: record.who.clone(),
        before,
        sentence: record.sentences.first().cloned().unwrap_or_default(),
    })
}

/// A snapshot of a daemon, for people.
///
/// # Errors
/// 404 when the daemon has no such snapshot.
pub async fn snapshot(
    archive: &Arc<Archive>,
    server: &ServerId,
    family: Family,
    id: &SnapshotId,
) -> Result<SnapshotView, ApiError> {
    kept(archive, server, family, id).await?;
    let snapshot = archive.snapshots.masked(id).await?;
    Ok(SnapshotView { snapshot: id.clone(), hash: snapshot.hash, config: snapshot.config.root })
}

/// Where two configurations of a daemon differ.
///
/// # Errors
/// 404 when the daemon has no such snapshot; when it cannot be asked what it runs now.
pub async fn compare(
    app: &Arc<App>,
    server: &ServerId,
    family: Family,
    query: &CompareQuery,
) -> Result<Comparison, ApiError> {
    let archive = &app.archive;
    kept(archive, server, family, &query.from).await?;
    let Some(to) = &query.to else {
        let before = archive.snapshots.get(&query.from).await?;
        let now = back::read(app, server, family).await?;
        let differences = diff(&before.config.root, &now.config.root);
        return Ok(Comparison { hash: Some(now.hash), differences });
    };
    kept(archive, server, family, to).await?;
    let (snapshots, from, to) = (archive.snapshots.clone(), query.from.clone(), to.clone());
    blocking(move || {
        let (before, after) = (snapshots.sealed(&from)?, snapshots.sealed(&to)?);
        let differences = diff(&before.config.root, &after.config.root);
        Ok(Comparison { hash: after.hash, differences })
    })
    .await
}

/// Refuses a snapshot that is not one of this daemon's: whoever may see one server may not see all.
///
/// # Errors
/// 404 when it is not.
pub(super) async fn kept(
    archive: &Arc<Archive>,
    server: &ServerId,
    family: Family,
    id: &SnapshotId,
) -> Result<(), ApiError> {
    let (archive, server, id) = (archive.clone(), server.clone(), id.clone());
    blocking(move || {
        let mut found = false;
        archive.audit.scan(Search::all(id.as_str()), |record| {
            let is_it = |moment: &Moment| moment.snapshot.as_ref() == Some(&id);
            found = places(&record, &server, family).any(|place| is_it(&place.before) || is_it(&place.after));
            if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        if found {
            return Ok(());
        }
        let message = format!("`{server}` has no snapshot `{id}` of its {}.", family.daemon());
        Err(ApiError::new(ErrorCode::NotFound, message).help("It may have been removed because it was old."))
    })
    .await
}
