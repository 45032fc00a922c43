//! One's own password.

use super::{Auth, Caller, Hashed, Secret, Via, Who, edit::field, edit::wrong_fields, identify::unusable};
use crate::error::ApiError;
use perch_shared::api::{ErrorCode, PasswordChange, SessionView};
use std::time::Instant;

impl Auth {
    /// The hash of a new password of one's own, for whoever knows the current one.
    ///
    /// # Errors
    /// When they did not sign in with a password, the current one is wrong, the new one is not acceptable, or there were
    /// too many attempts.
    pub async fn own_password(
        &self,
        who: &Who,
        caller: &Caller,
        given: PasswordChange,
    ) -> Result<Hashed, ApiError> {
        if who.via != Via::Password {
            return Err(ApiError::new(
                ErrorCode::NotAllowed,
                "You did not sign in with a password of Perch's.",
            )
            .help("Change it where you sign in; an administrator sets one for you among the users."));
        }
        let PasswordChange { current_password, password } = given;
        self.attempts.begin(&who.name, caller.address, Instant::now()).map_err(super::sign_in::too_many)?;
        let people = self.users.now().map_err(unusable)?;
        let known = people.user(&who.name).and_then(|user| user.password.clone());
        let is_same = current_password == password;
        if !self.verify(known, current_password).await? {
            tracing::warn!(user = who.name, "the current password was wrong");
            return Err(wrong_fields(vec![field("current-password", "this is not your password")]));
        }
        self.attempts.succeeded(&who.name, caller.address);
        if is_same {
            return Err(wrong_fields(vec![field(
                "password",
                "this is the one that you have; choose another one",
            )]));
        }
        self.hash(&who.name, password).await
    }

    /// Begins a session anew for a user whose password was just set.
    ///
    /// # Errors
    /// When the user is gone by now, or has no password.
    pub fn begin_anew(&self, user: &str, caller: &Caller) -> Result<(Secret, SessionView), ApiError> {
        let people = self.users.now().map_err(unusable)?;
        let user = people.user(user).filter(|user| user.password.is_some()).ok_or_else(|| {
            ApiError::new(ErrorCode::SignInNeeded, "Somebody removed this user meanwhile.")
                .help("Ask an administrator.")
        })?;
        self.begin(user, caller)
    }
}
