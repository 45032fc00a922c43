//! Routes made from the request types of `shared::api`: path, method, body and answer come from the type.

use super::body;
use crate::{
    app::App,
    auth::{Caller, Declared, Peer, Who, admit, is_secure, read_flow},
    error::ApiError,
};
use axum::{
    Router,
    body::{Body, HttpBody},
    extract::{Path, Request, State, rejection::PathRejection},
    http::{Extensions, HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use bytes::Bytes;
use perch_shared::api::{Access, Endpoint, ErrorCode, Method};
use serde::de::DeserializeOwned;
use std::{any::TypeId, sync::Arc};

/// What serves one request type: a function of the application, the path's parameters and the body.
pub trait Handle<E: Endpoint>: Clone + Send + Sync + 'static {
    /// Serves one request.
    fn handle(
        &self,
        app: Arc<App>,
        params: E::Params,
        body: E::Body,
    ) -> impl Future<Output = Result<E::Response, ApiError>> + Send;
}

impl<E: Endpoint, F, Answer> Handle<E> for F
where
    F: Fn(Arc<App>, E::Params, E::Body) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<E::Response, ApiError>> + Send,
{
    fn handle(
        &self,
        app: Arc<App>,
        params: E::Params,
        body: E::Body,
    ) -> impl Future<Output = Result<E::Response, ApiError>> + Send {
        self(app, params, body)
    }
}

/// Collects routes. Each admits a request only after looking at who sends it and what its path names.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router<Arc<App>>,
    declared: Vec<Declared>,
}

impl Routes {
    /// No route yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a request type and what serves it.
    #[must_use]
    pub fn endpoint<E>(self, handler: impl Handle<E>) -> Self
    where
        E: Endpoint + 'static,
        E::Params: DeserializeOwned + Send + 'static,
        E::Body: Send + 'static,
        E::Response: Send,
    {
        self.admitted::<E, _, _>(move |app, _, params, body| {
            let handler = handler.clone();
            async move { json(&handler.handle(app, params, body::decode::<E::Body>(&body)?).await?) }
        })
    }

    /// Adds a request type and what serves it, which wants to know who asks.
    #[must_use]
    pub fn known<E, F, Answer>(self, handler: F) -> Self
    where
        E: Endpoint + 'static,
        E::Params: DeserializeOwned + Send + 'static,
        E::Body: Send + 'static,
        E::Response: Send,
        F: Fn(Arc<App>, Who, E::Params, E::Body) -> Answer + Clone + Send + Sync + 'static,
        Answer: Future<Output = Result<E::Response, ApiError>> + Send,
    {
        self.admitted::<E, _, _>(move |app, who, params, body| {
            let handler = handler.clone();
            async move { json(&handler(app, who, params, body::decode::<E::Body>(&body)?).await?) }
        })
    }

    /// Adds a request type whose body and answer are passed through as bytes.
    #[must_use]
    pub fn raw<E, F, Answer>(self, handler: F) -> Self
    where
        E: Endpoint + 'static,
        E::Params: DeserializeOwned + Send + 'static,
        E::Body: 'static,
        F: Fn(Arc<App>, Who, E::Params, Bytes) -> Answer + Clone + Send + Sync + 'static,
        Answer: Future<Output = Result<Bytes, ApiError>> + Send,
    {
        self.admitted::<E, _, _>(move |app, who, params, body| {
            let handler = handler.clone();
            async move { Ok(json_bytes(handler(app, who, params, body).await?)) }
        })
    }

    /// Adds a request type and what makes its whole response.
    #[must_use]
    pub fn admitted<E, F, Answer>(self, handler: F) -> Self
    where
        E: Endpoint + 'static,
        E::Params: DeserializeOwned + Send + 'static,
        E::Body: 'static,
        F: Fn(Arc<App>, Who, E::Params, Bytes) -> Answer + Clone + Send + Sync + 'static,
        Answer: Future<Output = Result<Response, ApiError>> + Send,
    {
        let serve = move |State(app): State<Arc<App>>, params: Params<E>, request: Request| {
            let handler = handler.clone();
            async move {
                let Path(params) = params.map_err(not_found)?;
                let who = admit::<E>(request.extensions(), &params)?;
                let body = read::<E::Body>(&app, request).await?;
                handler(app, who, params, body).await
            }
        };
        self.add::<E>(on(filter(E::METHOD), serve))
    }

    /// Adds a request type and what makes its whole response, which wants to know who asks and from where: it may set a
    /// cookie.
    #[must_use]
    pub fn signed<E, F, Answer>(self, handler: F) -> Self
    where
        E: Endpoint + 'static,
        E::Params: DeserializeOwned + Send + 'static,
        E::Body: Send + 'static,
        F: Fn(Arc<App>, Who, Sender, E::Params, E::Body) -> Answer + Clone + Send + Sync + 'static,
        Answer: Future<Output = Result<Response, ApiError>> + Send,
    {
        let serve = move |State(app): State<Arc<App>>, params: Params<E>, request: Request| {
            let handler = handler.clone();
            async move {
                let Path(params) = params.map_err(not_found)?;
                let who = admit::<E>(request.extensions(), &params)?;
                let sender = Sender::of(request.extensions(), request.headers());
                let body = body::decode::<E::Body>(&read::<E::Body>(&app, request).await?)?;
                handler(app, who, sender, params, body).await
            }
        };
        self.add::<E>(on(filter(E::METHOD), serve))
    }

    /// Adds a request type that is answered with a stream, whose maker wants to see the headers.
    #[must_use]
    pub fn streamed<E, F, Answer>(self, handler: F) -> Self
    where
        E: Endpoint<Params = ()> + 'static,
        F: Fn(Arc<App>, Who, HeaderMap) -> Answer + Clone + Send + Sync + 'static,
        Answer: Future<Output = Result<Response, ApiError>> + Send,
    {
        let serve = move |State(app): State<Arc<App>>, request: Request| {
            let handler = handler.clone();
            async move {
                let who = admit::<E>(request.extensions(), &())?;
                handler(app, who, request.into_parts().0.headers).await
            }
        };
        self.add::<E>(on(filter(E::METHOD), serve))
    }

    /// Adds a request type that needs no user, and what makes its whole response.
    #[must_use]
    pub fn open<E, F, Answer>(self, handler: F) -> Self
    where
        E: Endpoint<Params = ()> + 'static,
        E::Body: Send + 'static,
        F: Fn(Arc<App>, Sender, E::Body) -> Answer + Clone + Send + Sync + 'static,
        Answer: Future<Output = Result<Response, ApiError>> + Send,
    {
        const { assert!(matches!(E::ACCESS, Access::Anyone), "a request that needs a role is not open") };
        let serve = move |State(app): State<Arc<App>>, request: Request| {
            let handler = handler.clone();
            async move {
                let sender = Sender::of(request.extensions(), request.headers());
                let body = body::decode::<E::Body>(&read::<E::Body>(&app, request).await?)?;
                handler(app, sender, body).await
            }
        };
        self.add::<E>(on(filter(E::METHOD), serve))
    }

    fn add<E: Endpoint>(mut self, route: MethodRouter<Arc<App>>) -> Self {
        let (method, pattern, access) = (E::METHOD, E::PATTERN, E::ACCESS);
        self.declared.push(Declared { method, pattern, access, describe: E::describe });
        Self { router: self.router.route(pattern, route), declared: self.declared }
    }

    /// The router with all routes, and what each says about itself.
    pub fn into_parts(self) -> (Router<Arc<App>>, Vec<Declared>) {
        (self.router, self.declared)
    }
}

/// Who sends a request that needs no user.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The sender, as far as it is known.
    pub caller: Option<Caller>,
    /// Whether the browser speaks TLS.
    pub secure: bool,
    flow: Option<String>,
}

impl Sender {
    fn of(extensions: &Extensions, headers: &HeaderMap) -> Self {
        let tls = extensions.get::<Peer>().is_some_and(|peer| peer.tls);
        let flow = read_flow(headers).map(str::to_owned);
        Self { caller: extensions.get().cloned(), secure: is_secure(tls, headers), flow }
    }

    /// The cookie of a browser that has begun to sign in with OpenID Connect.
    pub fn flow(&self) -> Option<&str> {
        self.flow.as_deref()
    }
}

type Params<E> = Result<Path<<E as Endpoint>::Params>, PathRejection>;

async fn read<T: 'static>(app: &App, request: Request) -> Result<Bytes, ApiError> {
    let (parts, body) = request.into_parts();
    if TypeId::of::<T>() == TypeId::of::<()>() && body.is_end_stream() {
        return Ok(Bytes::from_static(b"null"));
    }
    if parts.method == axum::http::Method::GET {
        return Ok(query(parts.uri.query().unwrap_or_default()));
    }
    body::read(&parts.headers, body, &app.limits).await
}

/// The query of a request that reads, as the JSON object that a body would be. An empty value is none.
fn query(query: &str) -> Bytes {
    let pairs = url::form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty());
    let fields = pairs.map(|(name, value)| (name.into_owned(), value.into_owned().into()));
    Bytes::from(serde_json::Value::Object(fields.collect()).to_string())
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Delete => MethodFilter::DELETE,
    }
}

/// A parameter that cannot be read names nothing that exists.
fn not_found(rejection: PathRejection) -> ApiError {
    ApiError::new(ErrorCode::NotFound, format!("There is nothing at this path: {}.", rejection.body_text()))
        .help("A server's id has the letters a to z, digits and `-`; a daemon is `dhcp4` or `dhcp6`.")
}

/// The response with a value as JSON.
///
/// # Errors
/// When the value cannot be written.
pub fn json<T: serde::Serialize>(value: &T) -> Result<Response, ApiError> {
    let bytes = serde_json::to_vec(value).map_err(|error| {
        ApiError::new(ErrorCode::Internal, "Perch could not write its answer.").because(error)
    })?;
    Ok(json_bytes(Bytes::from(bytes)))
}

fn json_bytes(bytes: Bytes) -> Response {
    let json = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, json)], Body::from(bytes)).into_response()
}
