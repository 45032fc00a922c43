//! Signing in and out, and who is signed in.

use crate::{
    app::App,
    auth::{Caller, clear_cookie, set_cookie},
    error::ApiError,
    web::{Sender, json},
};
use axum::{http::header, response::Response};
use perch_shared::api::{ErrorCode, PasswordSignIn};
use std::sync::Arc;

/// Who is signed in, and how somebody can.
pub async fn get(app: Arc<App>, sender: Sender, (): ()) -> Result<Response, ApiError> {
    json(&app.auth.view(sender.caller.as_ref().and_then(|caller| caller.who.as_ref())))
}

/// Begins a session.
pub async fn sign_in(app: Arc<App>, sender: Sender, given: PasswordSignIn) -> Result<Response, ApiError> {
    let caller = sender.caller.unwrap_or(Caller { who: None, session: None, address: None });
    let (secret, view) = app.auth.sign_in(given, &caller).await?;
    let mut response = json(&view)?;
    let cookie = set_cookie(&secret, sender.secure)
        .ok_or_else(|| ApiError::new(ErrorCode::Internal, "Perch could not write the session's cookie."))?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Ends a session.
pub async fn sign_out(app: Arc<App>, sender: Sender, (): ()) -> Result<Response, ApiError> {
    if let Some(caller) = &sender.caller {
        app.auth.sign_out(caller);
    }
    let mut response = json(&app.auth.view(None))?;
    for cookie in clear_cookie() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
