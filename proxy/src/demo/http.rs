//! HTTP as narrow as Kea's: `POST` with exactly `application/json` and a `Content-Length`, on any path.

use super::{speaker::Speaker, wire};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, Response, StatusCode,
    body::Incoming,
    header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, WWW_AUTHENTICATE},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use perch_shared::api::Credentials;
use std::{convert::Infallible, sync::Arc};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// An HTTP channel.
#[derive(Debug)]
pub(super) struct HttpChannel {
    pub(super) speaker: Speaker,
    /// What a client must send; `None`: nothing.
    pub(super) credentials: Option<Credentials>,
}

impl HttpChannel {
    /// Serves until the token is cancelled; then every connection ends as well.
    pub(super) async fn serve(self, listener: TcpListener, stop: CancellationToken) {
        let channel = Arc::new(self);
        while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
            if let Ok((stream, _)) = accepted {
                tokio::spawn(Arc::clone(&channel).serve_connection(stream, stop.clone()));
            }
        }
    }

    async fn serve_connection(self: Arc<Self>, stream: TcpStream, stop: CancellationToken) {
        let service = service_fn(|request| {
            let channel = Arc::clone(&self);
            async move { Ok::<_, Infallible>(channel.respond(request).await) }
        });
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        // A connection that breaks is the client's business.
        let _ = stop.run_until_cancelled(connection).await;
    }

    async fn respond(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (parts, body) = request.into_parts();
        let well_formed =
            parts.method == Method::POST && is_json(&parts.headers) && has_length(&parts.headers);
        let Ok(body) = body.collect().await else { return refusal(StatusCode::BAD_REQUEST, "Bad Request") };
        let body = body.to_bytes();
        let command = if body.is_empty() { Some(None) } else { wire::read(&body).map(Some) };
        let Some(command) = command.filter(|_| well_formed) else {
            return refusal(StatusCode::BAD_REQUEST, "Bad Request");
        };
        if !self.is_authorized(&parts.headers) {
            let mut response = refusal(StatusCode::UNAUTHORIZED, "Unauthorized");
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"kea\""));
            return response;
        }
        json(StatusCode::OK, wire::print(&self.speaker.answer(command)))
    }

    fn is_authorized(&self, headers: &HeaderMap) -> bool {
        let Some(Credentials { user, password }) = &self.credentials else { return true };
        let sent = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.split_once(' '));
        sent.is_some_and(|(scheme, token)| {
            scheme.eq_ignore_ascii_case("basic") && token == STANDARD.encode(format!("{user}:{password}"))
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.eq_ignore_ascii_case("application/json"))
}

fn has_length(headers: &HeaderMap) -> bool {
    headers.contains_key(CONTENT_LENGTH)
}

/// A refusal by the HTTP layer: a bare object.
fn refusal(status: StatusCode, text: &str) -> Response<Full<Bytes>> {
    json(status, format!("{{ \"result\": {}, \"text\": \"{text}\" }}", status.as_u16()))
}

fn json(status: StatusCode, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
