//! The outermost layer: a request's id, its line in the log, its time limit, and the form of its failure.

use crate::{
    app::App,
    error::{ApiError, render},
};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::{IntoResponse, Response},
};
use perch_shared::api::ErrorCode;
use std::{
    hash::{BuildHasher, RandomState},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Wraps everything else. The log line names method, path, status and duration; never a query, a body or a header.
pub async fn access(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let id = next_id();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", %id);
    let start = Instant::now();
    let response = tokio::time::timeout(app.limits.request_time, next.run(request))
        .instrument(span.clone())
        .await
        .unwrap_or_else(|_| too_long(&app).into_response());
    let mut response = render(response, &id);
    let status = response.status().as_u16();
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    span.in_scope(|| tracing::info!(%method, path, status, ms = format_args!("{ms:.1}"), "served"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

fn too_long(app: &App) -> ApiError {
    let seconds = app.limits.request_time.as_secs_f32();
    ApiError::new(ErrorCode::TimedOut, format!("Perch did not finish within {seconds} s.")).help(
        "A change that had begun is still being finished: look at what the server has before trying again.",
    )
}

/// Differs between runs of Perch, so that a line of an old log is not taken for one of a new log.
static RUN: LazyLock<u32> = LazyLock::new(|| RandomState::new().hash_one("run") as u32);
static COUNT: AtomicU64 = AtomicU64::new(1);

fn next_id() -> String {
    format!("{:08x}-{}", *RUN, COUNT.fetch_add(1, Ordering::Relaxed))
}
