//! Every request that Perch answers, and the layers around them.

use crate::{
    app::App,
    error::ApiError,
    handlers::{about, change, command, history, servers},
    web::{Routes, access, guard, page, security_headers},
};
use axum::{
    Router, middleware,
    response::{IntoResponse, Response},
};
use perch_shared::api::{
    AddServer, ApplyChange, CompareSnapshots, EditServer, ErrorCode, GetAbout, GetChange, GetOptions,
    GetServer, GetSnapshot, ListHistory, ListServers, ListSnapshots, ListUnderWay, PreviewChange,
    ProbeServer, ReloadConfiguration, RemoveServer, RestoreSnapshot, SendCommand, UndoChange,
};
use std::{any::Any, sync::Arc};
use tower_http::catch_panic::CatchPanicLayer;

/// The whole HTTP surface.
pub fn router(app: Arc<App>) -> Router {
    Routes::new()
        .endpoint::<GetAbout>(about::get)
        .endpoint::<ListServers>(servers::list)
        .endpoint::<AddServer>(servers::add)
        .endpoint::<GetServer>(servers::get)
        .endpoint::<EditServer>(servers::edit)
        .endpoint::<RemoveServer>(servers::remove)
        .endpoint::<ProbeServer>(servers::probe)
        .raw::<SendCommand, _, _>(command::send)
        .endpoint::<ReloadConfiguration>(change::reload)
        .endpoint::<GetOptions>(change::options)
        .endpoint::<PreviewChange>(change::preview)
        .endpoint::<ApplyChange>(change::apply)
        .endpoint::<ListHistory>(history::list)
        .endpoint::<GetChange>(history::change)
        .endpoint::<UndoChange>(history::undo)
        .endpoint::<ListUnderWay>(history::under_way)
        .endpoint::<ListSnapshots>(history::snapshots)
        .endpoint::<GetSnapshot>(history::snapshot)
        .endpoint::<CompareSnapshots>(history::compare)
        .endpoint::<RestoreSnapshot>(history::restore)
        .into_router()
        .fallback(page)
        .method_not_allowed_fallback(wrong_method)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(app.clone(), guard))
        .layer(middleware::from_fn_with_state(app.clone(), access))
        .layer(middleware::from_fn(security_headers))
        .with_state(app)
}

async fn wrong_method() -> ApiError {
    ApiError::new(ErrorCode::MethodNotAllowed, "This path does not know this method.")
        .help("The `Allow` header names the methods that it knows.")
}

/// The panic itself is in the log, from Rust's own hook; its text may hold anything, so the browser is not told.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    ApiError::new(ErrorCode::Internal, "Perch made a mistake over this request.")
        .help("Look at what the server has before trying again, and report the request id and Perch's log.")
        .into_response()
}
