//! Signing in with a password, and signing out.

use super::{Auth, Caller, Digest, Hashed, Secret, User, Via, Who, identify::unusable, password, who::Proof};
use crate::error::ApiError;
use perch_shared::api::{ErrorCode, PasswordSignIn, SessionView};
use std::time::{Duration, Instant};

impl Auth {
    /// Begins a session for whoever knows a user's password; it takes the place of the caller's earlier one. Somebody
    /// who is not there, somebody without a password and a wrong password get the same answer after the same work.
    ///
    /// # Errors
    /// 401 when name and password do not go together, 429 after too many attempts.
    pub async fn sign_in(
        &self,
        given: PasswordSignIn,
        caller: &Caller,
    ) -> Result<(Secret, SessionView), ApiError> {
        let PasswordSignIn { user: name, password } = given;
        self.attempts.begin(&name, caller.address, Instant::now()).map_err(too_many)?;
        let people = self.users.now().map_err(unusable)?;
        let user = people.user(&name);
        let right = self.verify(user.and_then(|user| user.password.clone()), password).await?;
        let address = caller.address.map(|address| address.to_string());
        let Some(user) = user.filter(|_| right) else {
            // A name that nobody has is not logged: it may be a password in the wrong field.
            let user = user.map_or("somebody unknown", |user| user.name.as_str());
            tracing::warn!(user, address, "sign-in failed");
            return Err(wrong());
        };
        self.attempts.succeeded(&name, caller.address);
        tracing::info!(user = name, address, "signed in");
        self.begin(user, caller)
    }

    /// Begins a session for a user who has a password; it takes the place of the caller's earlier one.
    ///
    /// # Errors
    /// When the operating system has no randomness.
    pub(super) fn begin(&self, user: &User, caller: &Caller) -> Result<(Secret, SessionView), ApiError> {
        self.sign_out(caller);
        let (name, stamp) = (user.name.as_str(), user.password.as_ref().map(Hashed::stamp));
        let secret =
            self.sessions.begin(name, Via::Password, stamp, None, Instant::now()).map_err(|error| {
                ApiError::new(ErrorCode::Internal, "The operating system has no randomness for a session.")
                    .because(error)
            })?;
        let proof = Proof::Session(Digest::of(secret.expose()));
        Ok((secret, self.view(Some(&Who::of(user, Via::Password, proof)))))
    }

    /// Whether there is a user of this name.
    pub fn knows(&self, name: &str) -> bool {
        self.users.now().is_ok_and(|people| people.user(name).is_some())
    }

    /// Whether a text is somebody's password.
    pub(super) async fn verify(&self, hashed: Option<Hashed>, given: String) -> Result<bool, ApiError> {
        self.in_turn(move || {
            let nobody = password::nobody();
            let matches = hashed.as_ref().or(nobody).is_some_and(|hashed| hashed.matches(&given));
            matches && hashed.is_some()
        })
        .await
    }

    /// Hashes where it holds nobody up, and not too often at a time.
    pub(super) async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let busy = || too_many(Duration::from_secs(5));
        let _place = self.waiting.try_acquire().map_err(|_| busy())?;
        let _turn = self.hashing.acquire().await.map_err(|_| busy())?;
        tokio::task::spawn_blocking(work).await.map_err(|error| {
            ApiError::new(ErrorCode::Internal, "Perch made a mistake over the password.").because(error)
        })
    }

    /// Ends the caller's session.
    pub fn sign_out(&self, caller: &Caller) {
        if let Some(key) = &caller.session {
            self.sessions.end(key);
        }
    }

    /// What the page is told.
    pub fn view(&self, who: Option<&Who>) -> SessionView {
        SessionView { open: self.users.are_none(), who: who.map(Who::view), open_id: None }
    }

    /// What the page is told, with how to sign in; `browser` is the cookie of a browser that tried OpenID Connect.
    pub fn view_with_ways(&self, who: Option<&Who>, browser: Option<&str>) -> SessionView {
        let open_id = self.open_id.as_ref().map(|open_id| open_id.view(browser));
        SessionView { open_id, ..self.view(who) }
    }
}

fn wrong() -> ApiError {
    ApiError::new(ErrorCode::SignInNeeded, "Name and password do not go together.").help(
        "Try again; capitals matter. An administrator sets a new password on the Users page, or `perch user \
         password NAME` on Perch's machine.",
    )
}

pub(super) fn too_many(wait: Duration) -> ApiError {
    let seconds = wait.as_secs().max(1) + u64::from(wait.subsec_nanos() > 0 && wait.as_secs() > 0);
    ApiError::new(ErrorCode::TooMany, format!("Too many attempts: wait {seconds} s before the next one."))
        .retry_after(seconds)
}
