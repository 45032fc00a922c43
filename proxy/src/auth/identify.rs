//! Who sent a request: a token, a trusted proxy's header, a session's cookie, or nobody.

use super::{
    Auth, Caller, Digest, Hashed, Name, Peer, People, PeopleError, SessionKey, Via, Who, cookie,
    sessions::Session, who::Proof,
};
use crate::error::ApiError;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use perch_shared::api::{ErrorCode, Role};
use std::time::Instant;

impl Auth {
    /// Who sent a request with these headers.
    ///
    /// # Errors
    /// 401 for a token that is not known, 403 for a proxy's header that does not come from the proxy, 500 when the
    /// list of users is damaged.
    pub fn identify(&self, peer: Option<Peer>, headers: &HeaderMap) -> Result<Caller, ApiError> {
        let people = self.users.now().map_err(unusable)?;
        let address = self.proxy.origin(peer.map(|peer| peer.address), headers);
        let caller = |who, session| Caller { who, session, address };
        if let Some(token) = bearer(headers) {
            return by_token(&people, token).map(|who| caller(Some(who), None));
        }
        if let Some(who) = self.by_proxy(&people, peer, headers)? {
            return Ok(caller(Some(who), None));
        }
        if let Some((who, key)) = self.by_session(&people, headers) {
            return Ok(caller(Some(who), Some(key)));
        }
        Ok(caller(self.users.are_none().then(Who::local), None))
    }

    fn by_proxy(
        &self,
        people: &People,
        peer: Option<Peer>,
        headers: &HeaderMap,
    ) -> Result<Option<Who>, ApiError> {
        let Some(name) = &self.proxy.user_header else { return Ok(None) };
        let mut values = headers.get_all(name).iter();
        let (Some(value), more) = (values.next(), values.next()) else { return Ok(None) };
        if !self.proxy.is(peer.map(|peer| peer.address)) {
            return Err(ApiError::new(
                ErrorCode::Forbidden,
                format!("The header `{name}` does not come from a trusted proxy."),
            )
            .help(
                "Leave it out; or name the proxy's address in `addresses` below `[proxy]` in perch.toml.",
            ));
        }
        let named = value.to_str().ok().map(str::trim).filter(|_| more.is_none()).unwrap_or_default();
        let who = known(people, named, self.proxy.role);
        who.map(Some).ok_or_else(|| {
            ApiError::new(ErrorCode::NotAllowed, "The proxy names somebody whom Perch does not know.").help(
                "Add them with `perch user add NAME --role ROLE --no-password`, or set `role` below `[proxy]` in \
                 perch.toml.",
            )
        })
    }

    fn by_session(&self, people: &People, headers: &HeaderMap) -> Option<(Who, Digest)> {
        let (key, session) = self.sessions.find(cookie::read(headers)?, Instant::now())?;
        let who = of_session(people, key, &session);
        if who.is_none() {
            self.sessions.end(&key);
        }
        Some((who?, key))
    }

    /// Whether somebody is still who they were when their request came, with the same rights: for answers that take
    /// long. It does not make their session last longer.
    pub fn is_still(&self, who: &Who) -> bool {
        let Ok(people) = self.users.now() else { return false };
        let now = match who.proof {
            Proof::Open => self.users.are_none().then(Who::local),
            Proof::Proxy => known(&people, &who.name, self.proxy.role),
            Proof::Token(digest) => of_token(&people, digest),
            Proof::Session(key) => self
                .sessions
                .peek(&key, Instant::now())
                .and_then(|session| of_session(&people, key, &session)),
        };
        now.as_ref() == Some(who)
    }
}

/// Whose session it is, while its user is there and has the password that began it; or whom a provider vouched for.
fn of_session(people: &People, key: SessionKey, session: &Session) -> Option<Who> {
    let proof = Proof::Session(key);
    let Some(user) = people.user(&session.user) else {
        let (name, via) = (session.user.clone(), session.via);
        return session.role.map(|role| Who { name, via, role, servers: None, proof });
    };
    let counts = session.via != Via::Password || user.password.as_ref().map(Hashed::stamp) == session.stamp;
    counts.then(|| Who::of(user, session.via, proof))
}

/// Somebody whom the proxy has signed in.
fn known(people: &People, name: &str, role: Option<Role>) -> Option<Who> {
    let (via, proof) = (Via::Proxy, Proof::Proxy);
    if let Some(user) = people.user(name) {
        return Some(Who::of(user, via, proof));
    }
    let name: Name = name.parse().ok()?;
    role.map(|role| Who { name: name.into(), via, role, servers: None, proof })
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn by_token(people: &People, token: &str) -> Result<Who, ApiError> {
    of_token(people, Digest::of(token)).ok_or_else(|| {
        ApiError::new(ErrorCode::SignInNeeded, "Perch does not know this token, or it has expired.")
            .help("Make a new one on the Users page, or with `perch token add`.")
    })
}

fn of_token(people: &People, digest: Digest) -> Option<Who> {
    let now = Timestamp::now();
    let token = people.tokens.iter().find(|token| token.digest == digest)?;
    token.expires.is_none_or(|expires| now < expires).then(|| Who {
        name: token.name.to_string(),
        via: Via::Token,
        role: token.role,
        servers: token.servers.clone(),
        proof: Proof::Token(digest),
    })
}

pub(super) fn unusable(error: PeopleError) -> ApiError {
    ApiError::new(ErrorCode::Internal, "Perch cannot read its list of users, so it lets nobody in.")
        .help("Perch's log says why; on Perch's machine, `perch user list` does too.")
        .because(error)
}
