//! Changing users and tokens by a request: what is acceptable, and what must not happen to the list.

use super::{
    Auth, Hashed, Name, People, PeopleError, Token, User, Who, identify::unusable, password, people,
};
use crate::error::ApiError;
use perch_shared::api::{ErrorCode, NewUser, Role, ServerId, WrongField};
use std::collections::BTreeSet;

/// How many days a token may be good for.
const DAYS: std::ops::RangeInclusive<u16> = 1..=3650;

impl Auth {
    /// A user as somebody wants to add them, with their password hashed.
    ///
    /// # Errors
    /// When something of it is not acceptable; all of that is named.
    pub async fn new_user(&self, new: NewUser) -> Result<User, ApiError> {
        let name = new_name(&new.name);
        let secret = new.password.as_deref().map_or(Ok(()), |secret| check_password(&new.name, secret));
        let name = named(name, [limit(new.servers.as_ref()), secret])?;
        let password = match new.password {
            Some(secret) => Some(self.hash(name.as_str(), secret).await?),
            None => None,
        };
        Ok(User { name, role: new.role, servers: new.servers, password })
    }

    /// Hashes a user's new password.
    ///
    /// # Errors
    /// When it is not acceptable.
    pub async fn hash(&self, user: &str, secret: String) -> Result<Hashed, ApiError> {
        check_password(user, &secret).map_err(|wrong| wrong_fields(vec![wrong]))?;
        let user = user.to_owned();
        let hashed = self.in_turn(move || Hashed::new(&user, &secret)).await?;
        hashed.map_err(|error| {
            ApiError::new(ErrorCode::Internal, "Perch could not hash the password.").because(error)
        })
    }

    /// Changes the list of users, with nobody else in between: neither another request nor `perch user`. Takes as long
    /// as a disk does.
    ///
    /// # Errors
    /// Those of `how`; when whoever asks is no longer who they were; when nobody could administer Perch afterwards.
    pub fn alter<T>(
        &self,
        who: &Who,
        how: impl FnOnce(&mut People) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let state = self.users.path().and_then(std::path::Path::parent).ok_or_else(no_users)?;
        let changed = people::change(state, |people| {
            if !self.is_still(who) {
                return Err(no_longer().into());
            }
            let is_first = people.users.is_empty();
            let before = self.administers(people);
            let done = how(people)?;
            match self.administers(people) {
                false if is_first && !people.users.is_empty() => Err(not_the_first().into()),
                false if before => Err(the_last().into()),
                _ => Ok(done),
            }
        });
        changed.map_err(|error| match error.downcast::<ApiError>() {
            Ok(refused) => refused,
            Err(error) => match error.downcast::<PeopleError>() {
                Ok(error @ PeopleError::Io { .. }) => not_kept(error),
                Ok(error) => unusable(error),
                Err(error) => ApiError::new(ErrorCode::Internal, "Perch could not change its list of users.")
                    .because(error.to_string()),
            },
        })
    }

    /// Ends all sessions of a user.
    pub fn end_sessions(&self, user: &str) {
        self.sessions.end_all(user);
    }

    /// Whether somebody can sign in and administer everything.
    fn administers(&self, people: &People) -> bool {
        let elsewhere = self.signs_in_elsewhere();
        let by_proxy = self.proxy.user_header.is_some() && self.proxy.role == Some(Role::Administrator);
        let by_provider =
            self.open_id.as_ref().is_some_and(|open_id| open_id.settings().makes_administrators());
        let can = |user: &User| {
            user.role == Role::Administrator
                && user.servers.is_none()
                && (user.password.is_some() || elsewhere)
        };
        by_proxy || by_provider || people.users.iter().any(can)
    }
}

impl People {
    /// Adds a user.
    ///
    /// # Errors
    /// When there is one of this name.
    pub fn add(&mut self, user: User) -> Result<(), ApiError> {
        if self.user(user.name.as_str()).is_some() {
            return Err(taken("user", &user.name));
        }
        self.users.push(user);
        Ok(())
    }

    /// Adds a token.
    ///
    /// # Errors
    /// When there is one of this name.
    pub fn add_token(&mut self, token: Token) -> Result<(), ApiError> {
        if self.tokens.iter().any(|known| known.name == token.name) {
            return Err(taken("token", &token.name));
        }
        self.tokens.push(token);
        Ok(())
    }

    /// A user to be changed.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn known_mut(&mut self, name: &str) -> Result<&mut User, ApiError> {
        self.user_mut(name).ok_or_else(|| unknown("user", name))
    }

    /// Removes a user.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn remove(&mut self, name: &str) -> Result<(), ApiError> {
        let before = self.users.len();
        self.users.retain(|user| user.name.as_str() != name);
        if self.users.len() == before { Err(unknown("user", name)) } else { Ok(()) }
    }

    /// Removes a token.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn remove_token(&mut self, name: &str) -> Result<(), ApiError> {
        let before = self.tokens.len();
        self.tokens.retain(|token| token.name.as_str() != name);
        if self.tokens.len() == before { Err(unknown("token", name)) } else { Ok(()) }
    }
}

/// A name for somebody new. One of dots alone would be lost in an address.
///
/// # Errors
/// What is wrong with it.
pub fn new_name(text: &str) -> Result<Name, WrongField> {
    if text.is_empty() {
        return Err(field("name", "a name is needed"));
    }
    let dots = text.bytes().all(|byte| byte == b'.');
    let wrong = "a name is 1 to 64 letters, digits, and `.`, `_`, `-`, `@`, `+`, and not of dots alone";
    text.parse().ok().filter(|_| !dots).ok_or_else(|| field("name", wrong))
}

/// Whether a limit to servers names any.
///
/// # Errors
/// When it names none.
pub fn limit(servers: Option<&BTreeSet<ServerId>>) -> Result<(), WrongField> {
    match servers {
        Some(servers) if servers.is_empty() => Err(field("servers", "choose a server, or all of them")),
        _ => Ok(()),
    }
}

/// The name, where nothing is wrong with it or with the other fields.
///
/// # Errors
/// All that is wrong.
pub fn named(name: Result<Name, WrongField>, others: [Result<(), WrongField>; 2]) -> Result<Name, ApiError> {
    let mut wrong: Vec<WrongField> = others.into_iter().filter_map(Result::err).collect();
    match name {
        Ok(name) if wrong.is_empty() => return Ok(name),
        Ok(_) => {}
        Err(field) => wrong.insert(0, field),
    }
    Err(wrong_fields(wrong))
}

/// Whether a token may be good for so long.
///
/// # Errors
/// When it may not.
pub fn lifetime(days: Option<u16>) -> Result<(), WrongField> {
    match days {
        Some(days) if !DAYS.contains(&days) => {
            Err(field("days", format!("choose from {} to {} days", DAYS.start(), DAYS.end())))
        }
        _ => Ok(()),
    }
}

fn check_password(user: &str, secret: &str) -> Result<(), WrongField> {
    password::check(user, secret)
        .map_err(|error| field("password", error.to_string().replace("\n  help: ", "; ")))
}

/// What is wrong with a field.
pub fn field(field: &str, message: impl Into<String>) -> WrongField {
    WrongField { field: field.to_owned(), message: message.into() }
}

/// A request some of whose fields are not acceptable.
pub fn wrong_fields(fields: Vec<WrongField>) -> ApiError {
    let all: Vec<String> = fields.iter().map(|one| format!("`{}`: {}", one.field, one.message)).collect();
    ApiError::new(ErrorCode::Invalid, format!("{}.", all.join("; ")))
        .help("Nothing was changed.")
        .with(|body| body.fields = fields)
}

fn taken(what: &str, name: &Name) -> ApiError {
    ApiError::new(ErrorCode::Conflict, format!("There is a {what} `{name}` already."))
        .help("Nothing was changed. Choose another name.")
        .with(|body| body.fields.push(field("name", format!("there is a {what} `{name}` already"))))
}

fn unknown(what: &str, name: &str) -> ApiError {
    ApiError::new(ErrorCode::NotFound, format!("There is no {what} `{name}`."))
        .help("Somebody else may have removed it. The list shows which there are.")
}

fn no_users() -> ApiError {
    ApiError::new(ErrorCode::Conflict, "The demo has no users.").help("Start `perch serve` to have some.")
}

fn no_longer() -> ApiError {
    ApiError::new(
        ErrorCode::SignInNeeded,
        "Who may sign in was changed meanwhile, and so was what you may do.",
    )
    .help("Nothing was changed. Sign in and look at the list again.")
}

fn not_the_first() -> ApiError {
    let why = "the first user closes Perch, so it has to be an administrator of all servers, with a password";
    wrong_fields(vec![field("role", why)])
}

fn the_last() -> ApiError {
    let what = "This is the last administrator of all servers who can sign in.";
    ApiError::new(ErrorCode::Conflict, what).help(
        "Nothing was changed: nobody could change users any more. Make somebody else an administrator of all servers \
         first.",
    )
}

fn not_kept(error: PeopleError) -> ApiError {
    ApiError::new(ErrorCode::Storage, "Perch cannot keep its list of users.")
        .help("Nothing was changed. Check that the disk is not full and that Perch may write its state directory.")
        .because(error)
}
