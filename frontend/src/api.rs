//! The one way to the proxy: every request is an [`Endpoint`], every failure a [`Failure`].

use gloo_net::http::RequestBuilder;
use leptos::{leptos_dom::helpers::set_timeout_with_handle, prelude::*};
use perch_shared::api::{Endpoint, ErrorBody, ErrorCode, Method, query};
use std::time::Duration;
use web_sys::AbortController;

/// How long the page waits for an answer. Longer than any wait of the proxy's own.
const PATIENCE: Duration = Duration::from_secs(120);

/// A request that failed: in the proxy's words, or in the page's where the proxy did not answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// Whether the proxy did not answer at all.
    pub offline: bool,
    /// What happened and what to do.
    pub body: Box<ErrorBody>,
}

impl Failure {
    fn offline() -> Self {
        let body = ErrorBody::new(ErrorCode::Unreachable, "Perch itself does not answer.")
            .help("Look whether `perch serve` still runs and whether this computer reaches it. This page tries again by itself.");
        Self { offline: true, body: Box::new(body) }
    }

    fn garbled(status: u16) -> Self {
        let message =
            format!("Perch answered in a way that this page does not understand (HTTP status {status}).");
        let body = ErrorBody::new(ErrorCode::Internal, message)
            .help("Reload the page: it may be older than the Perch that now runs.");
        Self { offline: false, body: Box::new(body) }
    }
}

/// Sends requests, and knows whether the proxy answers.
#[derive(Debug, Clone, Copy)]
pub struct Api {
    offline: RwSignal<bool>,
    locked: RwSignal<bool>,
}

impl Default for Api {
    fn default() -> Self {
        Self { offline: RwSignal::new(false), locked: RwSignal::new(false) }
    }
}

impl Api {
    /// Whether the proxy did not answer the last request.
    pub fn offline(self) -> Signal<bool> {
        self.offline.into()
    }

    /// Whether somebody has to sign in before anything else.
    pub fn locked(self) -> RwSignal<bool> {
        self.locked
    }

    /// Sends one request.
    ///
    /// # Errors
    /// When the proxy refuses it, does not answer, or answers what the page cannot read.
    pub async fn send<E: Endpoint>(self, params: &E::Params, body: &E::Body) -> Result<E::Response, Failure> {
        let body = serde_json::to_string(body).unwrap_or_default();
        self.take::<E>(transfer(E::METHOD, &E::path(params), body).await)
    }

    /// Sends a request that reads, whose body stands behind the `?` of its address.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn read<E: Endpoint>(self, path: String, body: &E::Body) -> Result<E::Response, Failure> {
        let path = format!("{path}{}", query(body));
        self.take::<E>(transfer(E::METHOD, &path, String::new()).await)
    }

    fn take<E: Endpoint>(self, sent: Result<(u16, String), Failure>) -> Result<E::Response, Failure> {
        let _ = self.offline.try_maybe_update(|offline| {
            let now = matches!(&sent, Err(failure) if failure.offline);
            (std::mem::replace(offline, now) != now, ())
        });
        if matches!(&sent, Err(failure) if failure.body.code == ErrorCode::SignInNeeded) {
            let _ = self.locked.try_set(true);
        }
        let (status, text) = sent?;
        let text = if text.is_empty() { "null" } else { &text };
        serde_json::from_str(text).map_err(|_| Failure::garbled(status))
    }
}

/// The part of a request that is the same for every type.
async fn transfer(method: Method, path: &str, body: String) -> Result<(u16, String), Failure> {
    let abort = AbortController::new().ok();
    let signal = abort.as_ref().map(AbortController::signal);
    let timer = set_timeout_with_handle(move || abort.iter().for_each(AbortController::abort), PATIENCE);
    let answer = fetch(method, path, body, signal.as_ref()).await;
    if let Ok(timer) = timer {
        timer.clear();
    }
    let (status, text) = answer.map_err(|_| Failure::offline())?;
    if (200..300).contains(&status) {
        return Ok((status, text));
    }
    match serde_json::from_str(&text) {
        Ok(body) => Err(Failure { offline: false, body: Box::new(body) }),
        Err(_) => Err(Failure::garbled(status)),
    }
}

async fn fetch(
    method: Method,
    path: &str,
    body: String,
    signal: Option<&web_sys::AbortSignal>,
) -> Result<(u16, String), gloo_net::Error> {
    let method = match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
    };
    let reads = method == gloo_net::http::Method::GET;
    let builder =
        RequestBuilder::new(path).method(method).header("accept", "application/json").abort_signal(signal);
    let request = if reads {
        builder.build()?
    } else {
        let builder = builder.header("content-type", "application/json");
        if body == "null" { builder.build()? } else { builder.body(body)? }
    };
    let response = request.send().await?;
    Ok((response.status(), response.text().await?))
}
