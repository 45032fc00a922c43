//! The stream of events, as `text/event-stream` carries it.
//!
//! Source: <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use crate::{
    app::App,
    auth::Who,
    error::ApiError,
    fleet::{Listener, News},
};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::stream;
use perch_shared::api::{ErrorCode, Event};
use std::{convert::Infallible, fmt::Write as _, sync::Arc, time::Duration};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// How long it may be quiet before a line says that the connection lives. Proxies cut what is quiet for a minute.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How long a page that lost its connection waits before it comes back.
const RETRY: &str = "retry: 2000\n\n";

const LAST: HeaderName = HeaderName::from_static("last-event-id");

/// Some proxies keep a stream back until it ends, unless they are told not to.
const NO_BUFFER: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));

/// Streams events about the servers that whoever asks may see, until the page leaves, whoever asks
/// may no longer see them, or Perch stops.
pub async fn events(app: Arc<App>, who: Who, headers: HeaderMap) -> Result<Response, ApiError> {
    let last = headers.get(LAST).map(|last| last.to_str().unwrap_or_default());
    let listener = app.fleet.events().listen(who.clone(), last).ok_or_else(|| {
        ApiError::new(ErrorCode::Busy, "Too many pages listen for events already.")
            .help("Close other windows of Perch, and try again.")
    })?;
    let stopping = app.fleet.stopping().clone();
    let streaming = Streaming { app, who, listener, stopping, first: true };
    let body = Body::from_stream(stream::unfold(streaming, |streaming| streaming.next()));
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    Ok(([kind, NO_BUFFER], body).into_response())
}

struct Streaming {
    app: Arc<App>,
    who: Who,
    listener: Listener,
    stopping: CancellationToken,
    first: bool,
}

impl Streaming {
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        if std::mem::take(&mut self.first) {
            return Some((Ok(Bytes::from_static(RETRY.as_bytes())), self));
        }
        let news = timeout(HEARTBEAT, self.listener.news());
        let news = self.stopping.run_until_cancelled(news).await?;
        // Signed out, removed, or with other rights since: the page comes back, and is asked anew.
        if !self.app.auth.is_still(&self.who) {
            return None;
        }
        let text = match news {
            Ok(news) => written(&news),
            Err(_) => ":\n\n".to_owned(),
        };
        Some((Ok(text.into()), self))
    }
}

fn written(news: &News) -> String {
    let mut text = String::new();
    if news.missed {
        let missed = serde_json::to_string(&Event::Missed).unwrap_or_default();
        let _ = write!(text, "data: {missed}\n\n");
    }
    for (id, json) in &news.events {
        let _ = write!(text, "id: {id}\ndata: {json}\n\n");
    }
    text
}
