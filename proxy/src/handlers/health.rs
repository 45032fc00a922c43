//! Whether Perch lives, whether it knows its servers, and its numbers for Prometheus.

use crate::{app::App, auth::Who, error::ApiError, metrics};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use std::sync::Arc;

/// Perch lives: it answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// Perch has looked at every server of its inventory once, and is not about to stop. A server that is down does not
/// make it unready.
pub async fn readyz(State(app): State<Arc<App>>) -> Response {
    if app.fleet.is_ready() {
        return "ready\n".into_response();
    }
    let reason = if app.fleet.stopping().is_cancelled() { "stopping\n" } else { "looking at the servers\n" };
    (StatusCode::SERVICE_UNAVAILABLE, reason).into_response()
}

/// The numbers, in the form that Prometheus reads.
pub async fn metrics(app: Arc<App>, _: Who, (): (), _: Bytes) -> Result<Response, ApiError> {
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], metrics::render(&app)).into_response())
}
