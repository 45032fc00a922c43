//! Who may sign in.

use crate::{app::App, error::ApiError};
use perch_shared::api::{ErrorCode, TokenRow, UserList, UserRow};
use std::sync::Arc;

/// Users and tokens as the file is now.
pub async fn list(app: Arc<App>, (): (), (): ()) -> Result<UserList, ApiError> {
    let everybody =
        |error| ApiError::new(ErrorCode::Internal, "The list of users cannot be used.").because(error);
    let people = app.auth.people().map_err(everybody)?;
    let open = !app.auth.is_closed().map_err(everybody)?;
    let users = people.users.iter().map(|user| UserRow {
        name: user.name.to_string(),
        role: user.role,
        servers: user.servers.clone(),
        has_password: user.password.is_some(),
    });
    let tokens = people.tokens.iter().map(|token| TokenRow {
        name: token.name.to_string(),
        role: token.role,
        servers: token.servers.clone(),
        created: token.created.to_string(),
        expires: token.expires.map(|time| time.to_string()),
    });
    Ok(UserList { open, users: users.collect(), tokens: tokens.collect() })
}
