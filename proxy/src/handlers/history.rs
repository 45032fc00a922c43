//! The history: reading it, and drafting the way back.

use crate::{app::App, auth::Who, error::ApiError, history, history::blocking};
use perch_shared::{
    Family,
    api::{
        ChangeId, ChangeQuery, ChangeView, CompareQuery, Comparison, Draft, HistoryPage, HistoryQuery,
        PageQuery, ServerId, SnapshotId, SnapshotPage, SnapshotView, UnderWay,
    },
};
use std::sync::Arc;

/// What was done, the latest first.
pub async fn list(app: Arc<App>, who: Who, (): (), query: HistoryQuery) -> Result<HistoryPage, ApiError> {
    blocking(move || history::list(&app.archive, &who, &query)).await
}

/// One change as a whole.
pub async fn change(
    app: Arc<App>,
    who: Who,
    (id,): (ChangeId,),
    query: ChangeQuery,
) -> Result<ChangeView, ApiError> {
    blocking(move || history::change(&app.archive, &who, &id, &query)).await
}

/// What it takes to undo a change.
pub async fn undo(app: Arc<App>, who: Who, (id,): (ChangeId,), (): ()) -> Result<Vec<Draft>, ApiError> {
    history::undo(&app, &who, &id).await
}

/// The changes under way.
pub async fn under_way(app: Arc<App>, who: Who, (): (), (): ()) -> Result<Vec<UnderWay>, ApiError> {
    Ok(history::under_way(&app.archive, &who))
}

/// The configurations that Perch kept of a daemon.
pub async fn snapshots(
    app: Arc<App>,
    (server, family): (ServerId, Family),
    query: PageQuery,
) -> Result<SnapshotPage, ApiError> {
    blocking(move || history::snapshots(&app.archive, &server, family, &query)).await
}

/// One of them.
pub async fn snapshot(
    app: Arc<App>,
    (server, family, id): (ServerId, Family, SnapshotId),
    (): (),
) -> Result<SnapshotView, ApiError> {
    history::snapshot(&app.archive, &server, family, &id).await
}

/// Where two of them differ.
pub async fn compare(
    app: Arc<App>,
    (server, family): (ServerId, Family),
    query: CompareQuery,
) -> Result<Comparison, ApiError> {
    history::compare(&app, &server, family, &query).await
}

/// What it takes to bring one of them back.
pub async fn restore(
    app: Arc<App>,
    (server, family, id): (ServerId, Family, SnapshotId),
    (): (),
) -> Result<Draft, ApiError> {
    history::restore(&app, &server, family, &id).await
}
