//! Signing in with OpenID Connect: to the provider and back. A failure is shown on the sign-in page.

use crate::{
    app::App,
    auth::{Entered, Failed, OpenId, Problem, Secret, flow_cookie, set_cookie},
    error::ApiError,
    store::Event,
    web::Sender,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use perch_shared::api::{ErrorCode, Kind, OpenIdReturn, OpenIdStart, Outcome, Via, Who};
use std::sync::Arc;

/// Sends a browser to the provider.
pub async fn begin(app: Arc<App>, sender: Sender, given: OpenIdStart) -> Result<Response, ApiError> {
    let open_id = set_up(&app)?;
    let browser = match sender.flow() {
        Some(cookie) => cookie.to_owned(),
        None => Secret::random().map_err(|error| internal().because(error))?.expose().to_owned(),
    };
    let target = match open_id.begin(&browser, &given.to).await {
        Ok(url) => url.to_string(),
        Err(problem) => refuse(open_id, &browser, &problem),
    };
    go(&target, flow_cookie(&browser, open_id.settings().is_secure()))
}

/// Signs in whoever comes back from the provider.
pub async fn finish(app: Arc<App>, sender: Sender, given: OpenIdReturn) -> Result<Response, ApiError> {
    let open_id = set_up(&app)?;
    let secure = open_id.settings().is_secure();
    match app.auth.enter(open_id, sender.flow(), given).await {
        Ok(Entered { user, session, to }) => {
            let address = sender.caller.and_then(|caller| caller.address).map(|address| address.to_string());
            tracing::info!(user, address, "signed in with OpenID Connect");
            note(&app, user, "Sign in with OpenID Connect", Outcome::Applied).await;
            go(&to, set_cookie(&session, secure))
        }
        Err(Failed { problem, to }) => {
            if let Some(user) = problem.who() {
                note(&app, user.to_owned(), "Fail to sign in with OpenID Connect", Outcome::Refused).await;
            }
            let browser = match sender.flow() {
                Some(cookie) => cookie.to_owned(),
                None => Secret::random().map_err(|error| internal().because(error))?.expose().to_owned(),
            };
            refuse(open_id, &browser, &problem);
            go(&to, flow_cookie(&browser, secure))
        }
    }
}

fn set_up(app: &App) -> Result<&OpenId, ApiError> {
    app.auth.open_id().ok_or_else(|| {
        ApiError::new(ErrorCode::NotFound, "Signing in with OpenID Connect is not set up.")
            .help("`[oidc]` in perch.toml sets it up.")
    })
}

/// Keeps the reason for the page, which is where this leads.
fn refuse(open_id: &OpenId, browser: &str, problem: &Problem) -> String {
    tracing::warn!(%problem, "sign-in with OpenID Connect failed");
    open_id.failed(browser, problem.view());
    "/".to_owned()
}

async fn note(app: &App, user: String, sentence: &str, outcome: Outcome) {
    let (who, sentences) = (Who { user, via: Via::Page }, vec![sentence.to_owned()]);
    app.note(Event { who, kind: Kind::SignIn, sentences, outcome, ..Event::default() }).await;
}

/// Sends a browser on, with a cookie.
fn go(target: &str, cookie: Option<HeaderValue>) -> Result<Response, ApiError> {
    let location = HeaderValue::from_str(target).map_err(|error| internal().because(error))?;
    let cookie = cookie.ok_or_else(internal)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location), (header::SET_COOKIE, cookie)]).into_response())
}

fn internal() -> ApiError {
    ApiError::new(ErrorCode::Internal, "Perch could not begin a sign-in.")
        .help("Try again; Perch's log says more.")
}
