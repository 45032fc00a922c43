//! Who asks, and whether they may. What each request needs is said in `perch_shared::api`, next to the request.

mod attempts;
mod cookie;
mod edit;
mod gate;
mod identify;
mod openid;
mod own;
mod password;
mod people;
mod secret;
mod sessions;
mod sign_in;
mod trust;
mod users;
mod who;

pub use cookie::{
    clear as clear_cookie, flow as read_flow, is_secure, set as set_cookie, set_flow as flow_cookie,
};
pub use edit::{lifetime, limit, named, new_name, wrong_fields};
pub use gate::{Declared, Gate, admit, authenticate};
pub use openid::{ClientSecret, Entered, Failed, OpenId, OpenIdSettings, Problem, is_loopback, protected};
pub use password::{Hashed, PasswordError};
pub use people::{Name, People, PeopleError, Token, User, change, path as people_path, read as read_people};
pub use secret::{Digest, Secret};
pub use sessions::{Lifetimes, SessionKey};
pub use trust::{Network, Proxy};
pub use who::{Caller, Peer, Via, Who};

use attempts::Attempts;
use sessions::Sessions;
use std::{path::Path, sync::Arc};
use tokio::sync::Semaphore;
use users::Users;

/// How many passwords are hashed at a time: each takes 19 MiB and a processor.
const HASHING: usize = 2;
/// How many may wait for that.
const WAITING: usize = 64;

/// What the operator decides about signing in.
#[derive(Debug, Clone, Default)]
pub struct AuthSettings {
    /// How long sessions last.
    pub lifetimes: Lifetimes,
    /// The reverse proxy in front.
    pub proxy: Proxy,
    /// The provider of OpenID Connect.
    pub open_id: Option<OpenIdSettings>,
}

/// Knows who asks.
#[derive(Debug)]
pub struct Auth {
    users: Users,
    sessions: Sessions,
    attempts: Attempts,
    proxy: Proxy,
    open_id: Option<OpenId>,
    hashing: Semaphore,
    waiting: Semaphore,
}

impl Auth {
    /// There are no users and never will be: the demo.
    pub fn open() -> Self {
        Self::with(Users::default(), AuthSettings::default())
    }

    /// The users of a state directory.
    pub fn new(state: &Path, settings: AuthSettings) -> Self {
        let auth = Self::with(Users::new(people::path(state)), settings);
        if auth.signs_in_elsewhere() {
            auth.users.close();
        }
        auth
    }

    fn with(users: Users, settings: AuthSettings) -> Self {
        Self {
            users,
            sessions: Sessions::new(settings.lifetimes),
            attempts: Attempts::default(),
            proxy: settings.proxy,
            open_id: settings.open_id.map(OpenId::new),
            hashing: Semaphore::new(HASHING),
            waiting: Semaphore::new(WAITING),
        }
    }

    /// Whether somebody can sign in; from then on everybody has to.
    ///
    /// # Errors
    /// When the list of users cannot be used.
    pub fn is_closed(&self) -> Result<bool, PeopleError> {
        self.users.now()?;
        Ok(!self.users.are_none())
    }

    /// Everybody, as the file is now.
    ///
    /// # Errors
    /// When the list of users cannot be used.
    pub fn people(&self) -> Result<Arc<People>, PeopleError> {
        self.users.now()
    }

    /// The provider of OpenID Connect; `None`: there is none.
    pub fn open_id(&self) -> Option<&OpenId> {
        self.open_id.as_ref()
    }

    /// Whether people can sign in without a password of Perch's.
    fn signs_in_elsewhere(&self) -> bool {
        self.proxy.user_header.is_some() || self.open_id.is_some()
    }

    /// The reverse proxy in front.
    pub fn proxy(&self) -> &Proxy {
        &self.proxy
    }
}
