//! Failures on their way to the browser: what is told, and what only the log may know.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use perch_shared::api::{ErrorBody, ErrorCode};
use std::{error::Error, fmt};

/// A failure. The body is for the browser; the cause is for the log and goes nowhere else.
#[derive(Debug)]
pub struct ApiError {
    body: Box<ErrorBody>,
    cause: Option<Box<dyn Error + Send + Sync>>,
    retry_after: Option<u64>,
}

impl ApiError {
    /// A failure with a message for people.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        ErrorBody::new(code, message).into()
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.body.help = Some(help.into());
        self
    }

    /// Adds what only the log may know.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Adds after how many seconds another attempt makes sense.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Changes the body, to add what a constructor has no argument for.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut ErrorBody)) -> Self {
        change(&mut self.body);
        self
    }

    /// What the browser is told.
    pub fn body(&self) -> &ErrorBody {
        &self.body
    }
}

impl From<ErrorBody> for ApiError {
    fn from(body: ErrorBody) -> Self {
        Self { body: Box::new(body), cause: None, retry_after: None }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.body.message)
    }
}

impl Error for ApiError {}

/// The failure inside a response that [`render`] has not written out yet.
#[derive(Debug, Clone)]
struct Unrendered(Box<ErrorBody>);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Some(cause) = &self.cause {
            tracing::warn!(code = ?self.body.code, cause = %cause, "{}", self.body.message);
        }
        let status =
            StatusCode::from_u16(self.body.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        let headers = response.headers_mut();
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Perch\""));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Unrendered(self.body));
        response
    }
}

/// Writes a failure out as JSON, with the id of the request that it ended; leaves every other response alone.
pub fn render(mut response: Response, request_id: &str) -> Response {
    let Some(Unrendered(mut body)) = response.extensions_mut().remove::<Unrendered>() else {
        return response;
    };
    body.request_id = Some(request_id.to_owned());
    let json = serde_json::to_vec(&body).unwrap_or_default();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    *response.body_mut() = Body::from(json);
    response
}
