//! What the provider says about itself, and the requests to it.

use super::{
    claims::is_complete,
    http::Http,
    problem::{Problem, Unreached, words},
    settings::{OpenIdSettings, protected},
    token::{Claims, Expected, check, signers},
};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use serde_json::Value;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use url::{Url, form_urlencoded};

/// How long what the provider says about itself and its keys is believed.
const KNOWN: Duration = Duration::from_secs(600);

/// What the provider says about itself (OpenID Connect Discovery 1.0, 3).
#[derive(Debug, Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    /// Where browsers go.
    pub(super) authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    userinfo_endpoint: Option<Url>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Keys {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
    error_description: Option<String>,
}

/// Something that the provider said, and when.
type Known<T> = Option<(Instant, Arc<T>)>;

/// The provider.
#[derive(Debug)]
pub(super) struct Provider {
    /// What the operator says about it.
    pub(super) settings: OpenIdSettings,
    http: Http,
    known: Mutex<Known<Metadata>>,
    keys: Mutex<Known<Vec<Jwk>>>,
}

impl Provider {
    pub(super) fn new(settings: OpenIdSettings) -> Self {
        let http = Http::new(settings.trust_anchor.clone());
        Self { settings, http, known: Mutex::default(), keys: Mutex::default() }
    }

    /// What it says about itself; asked for again now and then.
    pub(super) async fn metadata(&self) -> Result<Arc<Metadata>, Problem> {
        if let Some(metadata) = fresh(&self.known) {
            return Ok(metadata);
        }
        let issuer = &self.settings.issuer;
        let place = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let place = protected(&place).map_err(|_| Problem::Unprotected)?;
        let answer = self.http.get(&place, None).await.map_err(|why| self.down(&why))?;
        let metadata: Metadata = answer.good().map_err(|why| self.down(&why))?;
        if metadata.issuer != *issuer {
            let (expected, found) = (issuer.clone(), metadata.issuer);
            return Err(Problem::OtherIssuer { expected, found });
        }
        let endpoints = [
            Some(&metadata.authorization_endpoint),
            Some(&metadata.token_endpoint),
            Some(&metadata.jwks_uri),
            metadata.userinfo_endpoint.as_ref(),
        ];
        let is_protected = |url: &Url| {
            protected(url.as_str()).is_ok() && (place.scheme() == "http" || url.scheme() == "https")
        };
        if !endpoints.into_iter().flatten().all(is_protected) {
            return Err(Problem::Unprotected);
        }
        Ok(keep(&self.known, metadata))
    }

    /// Exchanges the code that a browser brought for what the provider says about whoever signed in.
    pub(super) async fn claims(&self, code: &str, verifier: &str, nonce: &str) -> Result<Claims, Problem> {
        let metadata = self.metadata().await?;
        let tokens = self.exchange(&metadata, code, verifier).await?;
        let keys = self.keys_of(&metadata, &tokens.id_token).await?;
        let (issuer, client_id) = (&self.settings.issuer, &self.settings.client_id);
        let signers = signers(&tokens.id_token, &keys)?;
        let mut claims = check(&tokens.id_token, &signers, Expected { issuer, client_id, nonce })?;
        if !is_complete(&claims, &self.settings)
            && let (Some(place), Some(token)) = (&metadata.userinfo_endpoint, &tokens.access_token)
        {
            let authorization = format!("Bearer {token}");
            let answer = self.http.get(place, Some(&authorization)).await.map_err(|why| self.down(&why))?;
            let more: Claims = answer.good().map_err(|why| self.down(&why))?;
            if more.get("sub") != claims.get("sub") {
                return Err(Problem::Untrusted("it speaks of two people"));
            }
            // What was signed goes first.
            for (name, value) in more {
                claims.entry(name).or_insert(value);
            }
        }
        Ok(claims)
    }

    async fn exchange(&self, metadata: &Metadata, code: &str, verifier: &str) -> Result<Tokens, Problem> {
        let (form, authorization) = self.request(metadata, code, verifier);
        let sent = self.http.post(&metadata.token_endpoint, authorization.as_deref(), form).await;
        let answer = sent.map_err(|why| self.down(&why))?;
        if answer.is_success() {
            return answer.json().map_err(|why| self.down(&why));
        }
        match answer.json::<Refusal>() {
            Ok(Refusal { error, error_description }) => {
                Err(Problem::NoToken(words(&error, error_description.as_deref())))
            }
            Err(_) => Err(answer.good::<Tokens>().map_or_else(|why| self.down(&why), |_| Problem::Internal)),
        }
    }

    /// The form that asks for a token, and what proves that Perch sends it.
    fn request(&self, metadata: &Metadata, code: &str, verifier: &str) -> (String, Option<String>) {
        let OpenIdSettings { client_id, client_secret, .. } = &self.settings;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code").append_pair("code", code);
        form.append_pair("redirect_uri", &self.settings.redirect_uri());
        form.append_pair("code_verifier", verifier);
        match client_secret {
            Some(secret) if metadata.takes_basic() => {
                return (form.finish(), Some(basic(client_id, &secret.0)));
            }
            Some(secret) => {
                form.append_pair("client_id", client_id).append_pair("client_secret", &secret.0);
            }
            None => {
                form.append_pair("client_id", client_id);
            }
        }
        (form.finish(), None)
    }

    /// The provider's keys; read again where none of those that are known has signed a token: it changes them.
    async fn keys_of(&self, metadata: &Metadata, token: &str) -> Result<Arc<Vec<Jwk>>, Problem> {
        if let Some(known) = fresh(&self.keys)
            && !signers(token, &known)?.is_empty()
        {
            return Ok(known);
        }
        let answer = self.http.get(&metadata.jwks_uri, None).await.map_err(|why| self.down(&why))?;
        let found: Keys = answer.good().map_err(|why| self.down(&why))?;
        // A key of a kind that nobody knows is none.
        let found = found.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
        Ok(keep(&self.keys, found))
    }

    fn down(&self, why: &Unreached) -> Problem {
        Problem::Down(self.settings.issuer.clone(), why.to_string())
    }
}

fn fresh<T>(known: &Mutex<Known<T>>) -> Option<Arc<T>> {
    let known = known.lock().unwrap_or_else(PoisonError::into_inner).clone();
    known.filter(|(at, _)| at.elapsed() < KNOWN).map(|(_, said)| said)
}

fn keep<T>(known: &Mutex<Known<T>>, said: T) -> Arc<T> {
    let said = Arc::new(said);
    *known.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), said.clone()));
    said
}

impl Metadata {
    /// Whether the secret is sent as HTTP says; this is the default.
    fn takes_basic(&self) -> bool {
        let methods = self.token_endpoint_auth_methods_supported.as_ref();
        methods.is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic"))
    }
}

/// RFC 6749, 2.3.1: both are encoded as in a form first.
fn basic(client: &str, secret: &str) -> String {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", BASE64.encode(format!("{}:{}", encode(client), encode(secret))))
}
