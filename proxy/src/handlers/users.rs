//! Who may sign in, and which scripts may come.

use crate::{
    app::App,
    auth::{
        Digest, People, Secret, Token, User, Via, Who, lifetime, limit, named, new_name, set_cookie,
        wrong_fields,
    },
    error::ApiError,
    store::Event,
    web::{Sender, json},
};
use axum::{http::header, response::Response};
use jiff::{SignedDuration, Timestamp};
use perch_shared::api::{
    ErrorCode, Kind, MadeToken, NewToken, NewUser, ServerId, TokenRow, UserEdit, UserList, UserRow,
};
use std::{collections::BTreeSet, sync::Arc};

/// Users and tokens as the file is now.
pub async fn list(app: Arc<App>, (): (), (): ()) -> Result<UserList, ApiError> {
    now(&app)
}

/// Adds a user. Who makes the first one is signed in as that one: nobody is let in otherwise from then on.
pub async fn add(
    app: Arc<App>,
    who: Who,
    sender: Sender,
    (): (),
    new: NewUser,
) -> Result<Response, ApiError> {
    let user = app.auth.new_user(new).await?;
    let (name, is_first) = (user.name.clone(), who.via == Via::Open);
    carry_out(&app, who, move |people| {
        let said = format!("Add user `{}` as {}, {}", user.name, user.role, reach(user.servers.as_ref()));
        people.add(user)?;
        Ok(vec![said])
    })
    .await?;
    let mut response = json(&now(&app)?)?;
    if is_first && let Some(caller) = &sender.caller {
        let (secret, _) = app.auth.begin_anew(name.as_str(), caller)?;
        response
            .headers_mut()
            .extend(set_cookie(&secret, sender.secure).map(|value| (header::SET_COOKIE, value)));
    }
    Ok(response)
}

/// Changes what a user may do, and the password.
pub async fn edit(app: Arc<App>, who: Who, (name,): (String,), edit: UserEdit) -> Result<UserList, ApiError> {
    limit(edit.servers.as_ref()).map_err(|wrong| wrong_fields(vec![wrong]))?;
    let hashed = match edit.password {
        Some(secret) => Some(app.auth.hash(&name, secret).await?),
        None => None,
    };
    let (of, ends) = (name.clone(), hashed.is_some());
    carry_out(&app, who, move |people| {
        let user = people.known_mut(&of)?;
        let mut said = Vec::new();
        if user.role != edit.role {
            said.push(format!("Make user `{of}` {}, not {}", edit.role, user.role));
        }
        if user.servers != edit.servers {
            said.push(format!("Let user `{of}` see {}", sight(edit.servers.as_ref())));
        }
        (user.role, user.servers) = (edit.role, edit.servers);
        if hashed.is_some() {
            said.push(format!("Set a new password for user `{of}`"));
            user.password = hashed;
        }
        Ok(said)
    })
    .await?;
    if ends {
        app.auth.end_sessions(&name);
    }
    now(&app)
}

/// Removes a user, whose sessions end.
pub async fn remove(app: Arc<App>, who: Who, (name,): (String,), (): ()) -> Result<UserList, ApiError> {
    let of = name.clone();
    carry_out(&app, who, move |people| {
        people.remove(&of)?;
        Ok(vec![format!("Remove user `{of}`")])
    })
    .await?;
    app.auth.end_sessions(&name);
    now(&app)
}

/// Makes a token and shows it, once.
pub async fn add_token(app: Arc<App>, who: Who, (): (), new: NewToken) -> Result<MadeToken, ApiError> {
    let name = named(new_name(&new.name), [limit(new.servers.as_ref()), lifetime(new.days)])?;
    let random =
        |error| ApiError::new(ErrorCode::Internal, "There is no randomness for a token.").because(error);
    let secret = Secret::random().map_err(random)?;
    let created = Timestamp::now();
    let lasts = new.days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
    let expires = lasts.and_then(|lasts| created.checked_add(lasts).ok());
    let digest = Digest::of(secret.expose());
    let token = Token { name, role: new.role, servers: new.servers, digest, created, expires };
    let row = token_row(&token);
    carry_out(&app, who, move |people| {
        let until = token.expires.map_or_else(String::new, |end| format!(", until {}", end.strftime("%F")));
        let reach = reach(token.servers.as_ref());
        let said = format!("Make token `{}` as {}, {reach}{until}", token.name, token.role);
        people.add_token(token)?;
        Ok(vec![said])
    })
    .await?;
    Ok(MadeToken { token: row, secret: secret.expose().to_owned() })
}

/// Revokes a token.
pub async fn remove_token(app: Arc<App>, who: Who, (name,): (String,), (): ()) -> Result<UserList, ApiError> {
    carry_out(&app, who, move |people| {
        people.remove_token(&name)?;
        Ok(vec![format!("Revoke token `{name}`")])
    })
    .await?;
    now(&app)
}

/// Changes the list of users to the end, and writes what was done into the history. `how` gives that in sentences.
pub(super) async fn carry_out(
    app: &Arc<App>,
    who: Who,
    how: impl FnOnce(&mut People) -> Result<Vec<String>, ApiError> + Send + 'static,
) -> Result<(), ApiError> {
    app.archive.ready().await?;
    app.to_the_end(move |app| async move {
        let (inner, by) = (app.clone(), who.clone());
        let changed = tokio::task::spawn_blocking(move || inner.auth.alter(&by, how)).await;
        let sentences = changed.map_err(|error| {
            ApiError::new(ErrorCode::Internal, "Perch made a mistake over its list of users.").because(error)
        })??;
        if !sentences.is_empty() {
            let who = who.signature();
            app.note(Event { who, kind: Kind::Users, sentences, ..Event::default() }).await;
        }
        Ok(())
    })
    .await
}

fn now(app: &App) -> Result<UserList, ApiError> {
    let everybody =
        |error| ApiError::new(ErrorCode::Internal, "The list of users cannot be used.").because(error);
    let people = app.auth.people().map_err(everybody)?;
    let open = !app.auth.is_closed().map_err(everybody)?;
    let users = people.users.iter().map(user_row).collect();
    Ok(UserList { open, users, tokens: people.tokens.iter().map(token_row).collect() })
}

fn user_row(user: &User) -> UserRow {
    UserRow {
        name: user.name.to_string(),
        role: user.role,
        servers: user.servers.clone(),
        has_password: user.password.is_some(),
    }
}

fn token_row(token: &Token) -> TokenRow {
    TokenRow {
        name: token.name.to_string(),
        role: token.role,
        servers: token.servers.clone(),
        created: token.created.to_string(),
        expires: token.expires.map(|time| time.to_string()),
    }
}

fn reach(servers: Option<&BTreeSet<ServerId>>) -> String {
    format!("who sees {}", sight(servers))
}

/// What somebody sees, in words.
fn sight(servers: Option<&BTreeSet<ServerId>>) -> String {
    let Some(servers) = servers else { return "all servers".to_owned() };
    let names: Vec<String> = servers.iter().map(|id| format!("`{id}`")).collect();
    format!("only {}", names.join(", "))
}
