//! Signing in and out, and who is signed in.

use super::users::carry_out;
use crate::{
    app::App,
    auth::{Caller, Secret, Who, clear_cookie, set_cookie},
    error::ApiError,
    store::Event,
    web::{Sender, json},
};
use axum::{http::header, response::Response};
use perch_shared::api::{self, ErrorCode, Kind, Outcome, PasswordChange, PasswordSignIn, SessionView, Via};
use std::sync::Arc;

/// Who is signed in, and how somebody can.
pub async fn get(app: Arc<App>, sender: Sender, (): ()) -> Result<Response, ApiError> {
    let who = sender.caller.as_ref().and_then(|caller| caller.who.as_ref());
    json(&app.auth.view_with_ways(who, sender.flow()))
}

/// Begins a session.
pub async fn sign_in(app: Arc<App>, sender: Sender, given: PasswordSignIn) -> Result<Response, ApiError> {
    let caller = sender.caller.unwrap_or(Caller { who: None, session: None, address: None });
    let name = given.user.clone();
    let begun = app.auth.sign_in(given, &caller).await;
    if let Some(event) = attempt(&app, name, begun.as_ref().err()) {
        app.note(event).await;
    }
    let (secret, view) = begun?;
    with_cookie(&view, &secret, sender.secure)
}

/// Sets a new password for whoever is signed in. This session goes on under another cookie; their others end.
pub async fn change_password(
    app: Arc<App>,
    who: Who,
    sender: Sender,
    (): (),
    given: PasswordChange,
) -> Result<Response, ApiError> {
    let caller = sender.caller.unwrap_or(Caller { who: None, session: None, address: None });
    let name = who.name.clone();
    let hashed = app.auth.own_password(&who, &caller, given).await?;
    let of = name.clone();
    carry_out(&app, who, move |people| {
        people.known_mut(&of)?.password = Some(hashed);
        Ok(vec![format!("Set a new password for user `{of}`")])
    })
    .await?;
    app.auth.end_sessions(&name);
    let (secret, view) = app.auth.begin_anew(&name, &caller)?;
    with_cookie(&view, &secret, sender.secure)
}

fn with_cookie(view: &SessionView, secret: &Secret, secure: bool) -> Result<Response, ApiError> {
    let mut response = json(view)?;
    let cookie = set_cookie(secret, secure)
        .ok_or_else(|| ApiError::new(ErrorCode::Internal, "Perch could not write the session's cookie."))?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

/// What the history says about an attempt to sign in. A name that nobody has is not kept: it may be a password in the
/// wrong field. One that was refused unheard is not either.
fn attempt(app: &App, name: String, error: Option<&ApiError>) -> Option<Event> {
    let user = if app.auth.knows(&name) { name } else { "somebody unknown".to_owned() };
    let (sentence, outcome) = match error {
        None => ("Sign in", Outcome::Applied),
        Some(error) if error.body().code == ErrorCode::SignInNeeded => ("Fail to sign in", Outcome::Refused),
        Some(_) => return None,
    };
    let who = api::Who { user, via: Via::Page };
    Some(Event { who, kind: Kind::SignIn, sentences: vec![sentence.to_owned()], outcome, ..Event::default() })
}

/// Ends a session.
pub async fn sign_out(app: Arc<App>, sender: Sender, (): ()) -> Result<Response, ApiError> {
    if let Some(caller) = &sender.caller {
        app.auth.sign_out(caller);
        if let Some(who) = caller.who.as_ref().filter(|_| caller.session.is_some()) {
            let (who, sentences) = (who.signature(), vec!["Sign out".to_owned()]);
            app.note(Event { who, kind: Kind::SignIn, sentences, ..Event::default() }).await;
        }
    }
    let mut response = json(&app.auth.view(None))?;
    for cookie in clear_cookie() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
