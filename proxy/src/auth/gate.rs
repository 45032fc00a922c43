//! The gate in front of every handler: who it is, and whether they may.

use super::{Caller, Peer, Who};
use crate::{app::App, error::ApiError};
use axum::{
    extract::{MatchedPath, Request, State},
    http::Extensions,
    middleware::Next,
    response::{IntoResponse, Response},
};
use perch_shared::api::{Access, Described, Endpoint, ErrorCode, Method, Refusal, Role, ServerId};
use schemars::SchemaGenerator;
use std::sync::Arc;

/// What the router says about one of its routes.
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    /// The HTTP method.
    pub method: Method,
    /// The path with its parameters in braces.
    pub pattern: &'static str,
    /// Who may send it.
    pub access: Access,
    /// What it is, for programs.
    pub describe: fn(&mut SchemaGenerator) -> Described,
}

/// What the gate needs to know.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The application.
    pub app: Arc<App>,
    /// All routes that say who may send them.
    pub declared: Arc<[Declared]>,
}

impl Gate {
    /// Who may send a request. A route that does not say is for whoever may see everything.
    fn access(&self, request: &Request) -> Access {
        let Some(matched) = request.extensions().get::<MatchedPath>() else {
            // The page's files, which hold nothing that is not public.
            let is_api = request.uri().path().starts_with("/api");
            return if is_api { Access::Viewer } else { Access::Anyone };
        };
        let method = request.method().as_str();
        let method = if method == "HEAD" { "GET" } else { method };
        let is = |route: &&Declared| route.pattern == matched.as_str() && route.method.name() == method;
        self.declared.iter().find(is).map_or(Access::Viewer, |route| route.access)
    }

    /// Whether the route itself looks at what its path names.
    fn is_declared(&self, request: &Request) -> bool {
        let matched = request.extensions().get::<MatchedPath>();
        matched.is_some_and(|path| self.declared.iter().any(|route| route.pattern == path.as_str()))
    }
}

/// Finds out who sent a request. Whoever has to sign in first gets no further.
pub async fn authenticate(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let access = gate.access(&request);
    let peer = request.extensions().get::<Peer>().copied();
    let caller = match gate.app.auth.identify(peer, request.headers()) {
        Ok(caller) => caller,
        // The page itself and a server's health need no user.
        Err(_) if access == Access::Anyone && !request.uri().path().starts_with("/api") => {
            return next.run(request).await;
        }
        Err(error) => return error.into_response(),
    };
    if access != Access::Anyone {
        // What names no server is looked at here; what does, once its path has been read.
        let checked = match &caller.who {
            None => Err(sign_in()),
            Some(_) if gate.is_declared(&request) => Ok(()),
            Some(who) => check(access, who, None),
        };
        if let Err(error) = checked {
            return error.into_response();
        }
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Who sends a request of this type, when they may.
///
/// # Errors
/// 401 when nobody is signed in, 403 when they may not.
pub fn admit<E: Endpoint>(extensions: &Extensions, params: &E::Params) -> Result<Who, ApiError> {
    let who = extensions.get::<Caller>().and_then(|caller| caller.who.clone()).ok_or_else(sign_in)?;
    let named = E::servers(params);
    if named.is_empty() {
        check(E::ACCESS, &who, None)?;
    }
    named.into_iter().try_for_each(|server| check(E::ACCESS, &who, Some(server)))?;
    Ok(who)
}

impl Who {
    /// Checks for a role, where the request's own type cannot say which.
    ///
    /// # Errors
    /// 403 when they have a weaker one.
    pub fn needs(&self, role: Role) -> Result<(), ApiError> {
        if self.role >= role { Ok(()) } else { Err(refuse(self, Refusal::Role(role))) }
    }
}

impl Who {
    /// Checks for a server that a request names besides the first one of its path.
    ///
    /// # Errors
    /// 403 when they are limited to other servers.
    pub fn may_touch(&self, server: &ServerId) -> Result<(), ApiError> {
        if self.sees(server) { Ok(()) } else { Err(refuse(self, Refusal::Server)) }
    }
}

fn check(access: Access, who: &Who, server: Option<&ServerId>) -> Result<(), ApiError> {
    access.check(who.role, who.servers.as_ref(), server).map_err(|refusal| refuse(who, refusal))
}

fn refuse(who: &Who, refusal: Refusal) -> ApiError {
    let name = &who.name;
    match refusal {
        Refusal::Role(role) => {
            let what = format!("This needs the role {role}; `{name}` is {}.", who.role);
            ApiError::new(ErrorCode::NotAllowed, what).help(format!(
                "Nothing was changed. Ask somebody with that role, or an administrator for it: on the Users page, or \
                 with `perch user role {name} {role}`."
            ))
        }
        Refusal::Server => {
            let what = format!("`{name}` is limited to other servers.");
            ApiError::new(ErrorCode::NotAllowed, what).help(
                "Nothing was changed. An administrator says on the Users page which servers somebody sees.",
            )
        }
    }
}

fn sign_in() -> ApiError {
    ApiError::new(ErrorCode::SignInNeeded, "Nobody is signed in, or no longer.")
        .help("Sign in; a script sends a token: `Authorization: Bearer TOKEN`, see `perch token add`.")
}
