//! Every request that Perch answers, and the layers around them.

use crate::{
    app::App,
    auth::{Declared, Gate, authenticate},
    error::ApiError,
    handlers::{
        about, change, classes, command, configuration, find, fleet, health, history, open_id, servers,
        session, usage, users,
    },
    web::{Routes, access, events, guard, page, security_headers},
};
use axum::{
    Router, middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use perch_shared::api::{
    AddServer, AddToken, AddUser, ApplyChange, BeginOpenId, CatchUp, ChangePassword, CompareSnapshots,
    EditServer, EditUser, ErrorCode, Find, FindPartners, FinishOpenId, ForgetMissed, GetAbout, GetChange,
    GetConfiguration, GetDrift, GetFleet, GetMetrics, GetOpenApi, GetOptions, GetServer, GetSession,
    GetSnapshot, GetUsage, GiveUpRecovery, ListCommands, ListExternalChanges, ListFindings, ListFullest,
    ListGlobalClasses, ListHistory, ListLeases, ListMissed, ListRecoveries, ListReservations, ListServers,
    ListSnapshots, ListSubnets, ListUnderWay, ListUsers, PreviewChange, ProbeServer, ProvePartner,
    ReloadConfiguration, RemoveServer, RemoveToken, RemoveUser, RestoreSnapshot, SendCommand, SignIn,
    SignOut, StreamEvents, UndoChange,
};
use std::{any::Any, sync::Arc};
use tower_http::catch_panic::CatchPanicLayer;

/// Every request type and what serves it.
fn routes() -> Routes {
    Routes::new()
        .open::<GetSession, _, _>(session::get)
        .open::<SignIn, _, _>(session::sign_in)
        .open::<SignOut, _, _>(session::sign_out)
        .open::<BeginOpenId, _, _>(open_id::begin)
        .open::<FinishOpenId, _, _>(open_id::finish)
        .signed::<ChangePassword, _, _>(session::change_password)
        .known::<GetAbout, _, _>(about::get)
        .endpoint::<GetOpenApi>(about::api)
        .known::<ListServers, _, _>(servers::list)
        .known::<AddServer, _, _>(servers::add)
        .endpoint::<GetServer>(servers::get)
        .known::<EditServer, _, _>(servers::edit)
        .known::<RemoveServer, _, _>(servers::remove)
        .endpoint::<ProbeServer>(servers::probe)
        .raw::<SendCommand, _, _>(command::send)
        .known::<ReloadConfiguration, _, _>(change::reload)
        .endpoint::<GetOptions>(change::options)
        .endpoint::<GetConfiguration>(configuration::get)
        .endpoint::<ListSubnets>(configuration::subnets)
        .endpoint::<GetUsage>(usage::get)
        .endpoint::<ListUsers>(users::list)
        .signed::<AddUser, _, _>(users::add)
        .known::<EditUser, _, _>(users::edit)
        .known::<RemoveUser, _, _>(users::remove)
        .known::<AddToken, _, _>(users::add_token)
        .known::<RemoveToken, _, _>(users::remove_token)
        .known::<ListFullest, _, _>(usage::fullest)
        .known::<ListFindings, _, _>(fleet::findings)
        .endpoint::<ListReservations>(configuration::reservations)
        .endpoint::<ListLeases>(configuration::list_leases)
        .known::<Find, _, _>(find::find)
        .known::<ListGlobalClasses, _, _>(classes::list)
        .known::<PreviewChange, _, _>(change::preview)
        .known::<ListCommands, _, _>(change::commands)
        .known::<ApplyChange, _, _>(change::apply)
        .known::<ListRecoveries, _, _>(change::recoveries)
        .endpoint::<GiveUpRecovery>(change::give_up)
        .known::<ListMissed, _, _>(change::missed)
        .known::<CatchUp, _, _>(change::catch_up)
        .endpoint::<ForgetMissed>(change::forget_missed)
        .known::<GetFleet, _, _>(fleet::get)
        .known::<ListExternalChanges, _, _>(fleet::external_changes)
        .known::<GetDrift, _, _>(fleet::drift)
        .known::<FindPartners, _, _>(fleet::partners)
        .endpoint::<ProvePartner>(fleet::prove)
        .streamed::<StreamEvents, _, _>(events)
        .admitted::<GetMetrics, _, _>(health::metrics)
        .known::<ListHistory, _, _>(history::list)
        .known::<GetChange, _, _>(history::change)
        .known::<UndoChange, _, _>(history::undo)
        .known::<ListUnderWay, _, _>(history::under_way)
        .endpoint::<ListSnapshots>(history::snapshots)
        .endpoint::<GetSnapshot>(history::snapshot)
        .endpoint::<CompareSnapshots>(history::compare)
        .endpoint::<RestoreSnapshot>(history::restore)
}

/// Every request type, and who may send it.
pub fn declared() -> Vec<Declared> {
    routes().into_parts().1
}

/// The whole HTTP surface.
pub fn router(app: Arc<App>) -> Router {
    let (router, declared) = routes().into_parts();
    let gate = Gate { app: app.clone(), declared: declared.into() };
    router
        .fallback(page)
        .method_not_allowed_fallback(wrong_method)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(gate, authenticate))
        .layer(middleware::from_fn_with_state(app.clone(), guard))
        // Outside the guard: whoever asks whether Perch lives asks by address, and learns nothing else.
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
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
