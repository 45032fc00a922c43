//! Request bodies: how long they may be, how long they may take, and what is wrong with them.

use crate::error::ApiError;
use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use perch_shared::{api::ErrorCode, config::is_secret};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use std::time::Duration;

/// What a request may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest body, in bytes.
    pub body_size: usize,
    /// How long the headers may take to arrive.
    pub header_time: Duration,
    /// How long the body may take to arrive.
    pub body_time: Duration,
    /// How long the whole request may take. A change that has begun is finished even so.
    pub request_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_size: 32 << 20,
            header_time: Duration::from_secs(30),
            body_time: Duration::from_secs(30),
            request_time: Duration::from_secs(600),
        }
    }
}

/// How much more than [`Limits::body_size`] is read and thrown away, so that a client that is still sending gets
/// to see the answer instead of a broken connection.
const DISCARDED: usize = 256 << 20;

/// Reads a body that must be declared as JSON.
///
/// # Errors
/// 415 when it is not declared as JSON, 413 when it is too long, 408 when it is too slow, 400 when it breaks off.
pub async fn read(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Bytes, ApiError> {
    if !is_json(headers) {
        let message = "The body is not declared as `application/json`.";
        return Err(ApiError::new(ErrorCode::NotJson, message)
            .help("Send the header `Content-Type: application/json`."));
    }
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if declared.is_some_and(|length: usize| length > limits.body_size) {
        discard(body, limits);
        return Err(too_large(limits));
    }
    let mut body = body;
    let collected = Limited::new(&mut body, limits.body_size).collect();
    match tokio::time::timeout(limits.body_time, collected).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            discard(body, limits);
            Err(too_large(limits))
        }
        Ok(Err(error)) => {
            Err(ApiError::new(ErrorCode::BadRequest, "The request's body broke off.").because(error))
        }
        Err(_) => {
            let seconds = limits.body_time.as_secs_f32();
            Err(ApiError::new(
                ErrorCode::SlowRequest,
                format!("The request's body did not arrive within {seconds} s."),
            )
            .help("Nothing was changed. Send it again over a faster connection."))
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

fn too_large(limits: &Limits) -> ApiError {
    let message = format!("The body is longer than the {} bytes that Perch accepts.", limits.body_size);
    ApiError::new(ErrorCode::TooLarge, message)
        .help("Nothing was changed. `body-size` below `[limits]` in perch.toml raises the limit.")
}

fn discard(mut body: Body, limits: &Limits) {
    let time = limits.body_time;
    tokio::spawn(async move {
        let rest = async {
            let mut left = DISCARDED;
            while let Some(Ok(frame)) = body.frame().await {
                match left.checked_sub(frame.data_ref().map_or(0, Bytes::len)) {
                    Some(rest) => left = rest,
                    None => break,
                }
            }
        };
        // Whoever is still sending after this gets a broken connection.
        let _ = tokio::time::timeout(time, rest).await;
    });
}

/// Reads JSON as a `T`.
///
/// # Errors
/// 400 when it is not JSON, 422 with the place when it is JSON of another form.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        // A wrong field may come before the place where the text stops being JSON.
        let not_json = serde_json::from_slice::<IgnoredAny>(bytes).err();
        refuse(&error.path().to_string(), not_json.as_ref().unwrap_or(error.inner()))
    })?;
    deserializer.end().map_err(|error| refuse(".", &error))?;
    Ok(value)
}

fn refuse(path: &str, error: &serde_json::Error) -> ApiError {
    if error.classify() != Category::Data {
        return ApiError::new(ErrorCode::BadRequest, format!("The request's body is not JSON: {error}."));
    }
    // What stands in place of a password may be one, so it is not repeated.
    let last = path.rsplit('.').next().unwrap_or_default();
    let what = if path.starts_with("credentials") || is_secret(last.split('[').next().unwrap_or_default()) {
        format!("not a user name and a password, line {} column {}", error.line(), error.column())
    } else {
        error.to_string()
    };
    let place = if path == "." { String::new() } else { format!(" at `{path}`") };
    ApiError::new(
        ErrorCode::Invalid,
        format!("The request's body is JSON, but not what is expected{place}: {what}."),
    )
    .help("Nothing was changed. Send the fields that the documentation of this request names, and no others.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::api::{ChangeRequest, PasswordSignIn, ServerDraft};

    #[test]
    fn wrong_json_is_told_from_no_json() {
        for (text, code) in [
            ("", ErrorCode::BadRequest),
            ("{", ErrorCode::BadRequest),
            ("{}x", ErrorCode::BadRequest),
            (r#"{"targets": [], "edits": []} ["#, ErrorCode::BadRequest),
            ("{}", ErrorCode::Invalid),
            ("[]", ErrorCode::Invalid),
            (r#"{"targets": 1, "edits": []}"#, ErrorCode::Invalid),
            (r#"{"targets": [], "edits": [], "more": 1}"#, ErrorCode::Invalid),
        ] {
            assert_eq!(decode::<ChangeRequest>(text.as_bytes()).unwrap_err().body().code, code, "{text}");
        }
    }

    #[test]
    fn the_place_is_named() {
        let text = r#"{"addresses": ["a", 5]}"#;
        let error = decode::<ServerDraft>(text.as_bytes()).unwrap_err();
        assert!(error.body().message.contains("`addresses[1]`"), "{error}");
        assert!(error.body().message.contains("line 1 column 21"), "{error}");
    }

    #[test]
    fn what_may_be_a_password_is_not_repeated() {
        for credentials in
            [r#"{"set": "hunter2"}"#, r#"{"set": {"user": "a", "password": ["hunter2"]}}"#, r#""hunter2""#]
        {
            let text = format!(r#"{{"addresses": ["a"], "credentials": {credentials}}}"#);
            let error = decode::<ServerDraft>(text.as_bytes()).unwrap_err();
            assert!(!error.body().message.contains("hunter2"), "{error}");
        }
        for text in [r#"{"user": "a", "password": 271828}"#, r#"{"user": "a", "password": [271828]}"#] {
            let error = decode::<PasswordSignIn>(text.as_bytes()).unwrap_err();
            assert!(!error.body().message.contains("271828"), "{error}");
        }
    }
}
