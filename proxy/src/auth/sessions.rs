//! Who is signed in. In memory only: a restart signs everybody out, which is rare and costs one form (the page keeps
//! what was typed); in return no file has to be written with every request, and none can be stolen.

use super::{Digest, Secret, Via};
use perch_shared::api::Role;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    /// Without a request.
    pub idle: Duration,
    /// In any case.
    pub absolute: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { idle: Duration::from_secs(3600), absolute: Duration::from_secs(12 * 3600) }
    }
}

/// How many sessions one user may have; the one that was used least lately ends for another one.
const PER_USER: usize = 32;

/// What a session is found by: the digest of its cookie.
pub type SessionKey = Digest;

/// One session.
#[derive(Debug, Clone)]
pub struct Session {
    /// The user's name.
    pub user: String,
    /// How they signed in.
    pub via: Via,
    /// The password's stamp at that time: another one means that the password was changed since.
    pub stamp: Option<Digest>,
    /// The role that a provider gives somebody who is not in the list of users.
    pub role: Option<Role>,
    began: Instant,
    used: Instant,
}

/// All sessions.
#[derive(Debug, Default)]
pub struct Sessions {
    lifetimes: Lifetimes,
    known: Mutex<HashMap<SessionKey, Session>>,
}

impl Sessions {
    /// No session yet.
    pub fn new(lifetimes: Lifetimes) -> Self {
        Self { lifetimes, known: Mutex::default() }
    }

    /// Begins a session. The secret is the cookie's value.
    ///
    /// # Errors
    /// When the operating system has no randomness.
    pub fn begin(
        &self,
        user: &str,
        via: Via,
        stamp: Option<Digest>,
        role: Option<Role>,
        now: Instant,
    ) -> Result<Secret, getrandom::Error> {
        let secret = Secret::random()?;
        let session = Session { user: user.to_owned(), via, stamp, role, began: now, used: now };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, session| self.lasts(session, now));
        let of_user = known.iter().filter(|(_, session)| session.user == user);
        if of_user.clone().count() >= PER_USER
            && let Some(oldest) = of_user.min_by_key(|(_, session)| session.used).map(|(key, _)| *key)
        {
            known.remove(&oldest);
        }
        known.insert(Digest::of(secret.expose()), session);
        Ok(secret)
    }

    /// The session that a cookie belongs to, which is used by that.
    pub fn find(&self, cookie: &str, now: Instant) -> Option<(SessionKey, Session)> {
        let key = Digest::of(cookie);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let session = known.get_mut(&key)?;
        if !self.lasts(session, now) {
            known.remove(&key);
            return None;
        }
        session.used = now;
        Some((key, session.clone()))
    }

    /// A session that lasts, without using it.
    pub fn peek(&self, key: &SessionKey, now: Instant) -> Option<Session> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(key).filter(|session| self.lasts(session, now)).cloned()
    }

    /// Ends a session.
    pub fn end(&self, key: &SessionKey) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// Ends all sessions of a user.
    pub fn end_all(&self, user: &str) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, session| session.user != user);
    }

    fn lasts(&self, session: &Session, now: Instant) -> bool {
        now.saturating_duration_since(session.used) < self.lifetimes.idle
            && now.saturating_duration_since(session.began) < self.lifetimes.absolute
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn sessions() -> Sessions {
        Sessions::new(Lifetimes { idle: 10 * MINUTE, absolute: 25 * MINUTE })
    }

    #[test]
    fn a_session_ends_when_it_is_idle_and_in_any_case() {
        let (sessions, start) = (sessions(), Instant::now());
        let cookie = sessions.begin("ada", Via::Password, None, None, start).unwrap();
        let lives = |minutes: u32| sessions.find(cookie.expose(), start + minutes * MINUTE).is_some();
        assert!(lives(9) && lives(18) && lives(24));
        assert!(!lives(25), "used a minute ago, but too old");
        let cookie = sessions.begin("ada", Via::Password, None, None, start).unwrap();
        assert!(sessions.find(cookie.expose(), start + 10 * MINUTE).is_none(), "idle");
        assert!(sessions.find(cookie.expose(), start).is_none(), "what is over stays over");
    }

    #[test]
    fn only_the_cookie_itself_opens_a_session() {
        let (sessions, now) = (sessions(), Instant::now());
        let cookie = sessions.begin("ada", Via::Password, None, None, now).unwrap();
        let key = sessions.find(cookie.expose(), now).unwrap().0;
        assert!(sessions.find(&String::from(key), now).is_none(), "the digest is no cookie");
        sessions.end(&key);
        assert!(sessions.find(cookie.expose(), now).is_none());
    }

    #[test]
    fn one_user_has_a_limited_number() {
        let (sessions, start) = (sessions(), Instant::now());
        let other = sessions.begin("bob", Via::Password, None, None, start).unwrap();
        let cookies: Vec<Secret> = (0..=u32::try_from(PER_USER).unwrap())
            .map(|n| {
                sessions
                    .begin("ada", Via::Password, None, None, start + Duration::from_secs(n.into()))
                    .unwrap()
            })
            .collect();
        let now = start + MINUTE;
        let lives: Vec<bool> = cookies.iter().map(|c| sessions.find(c.expose(), now).is_some()).collect();
        assert_eq!((lives[0], lives[1..].iter().all(|lives| *lives)), (false, true));
        assert!(sessions.find(other.expose(), now).is_some());
    }
}
