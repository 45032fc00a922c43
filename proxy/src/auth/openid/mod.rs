//! Signing in with OpenID Connect: the authorization code flow with PKCE. The provider says who somebody is; what follows
//! is a session like any other.

mod claims;
mod flows;
mod http;
mod problem;
mod provider;
mod settings;
mod signature;
mod token;

pub use problem::Problem;
pub use settings::{ClientSecret, OpenIdSettings, is_loopback, protected};

use super::{Auth, Digest, Secret, Via};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use claims::{Person, person};
use flows::{Flow, Flows};
use perch_shared::api::{BeginOpenId, Endpoint as _, OpenIdFailure, OpenIdReturn, OpenIdView};
use problem::words;
use provider::Provider;
use sha2::{Digest as _, Sha256};
use std::time::Instant;
use url::Url;

/// Signing in with OpenID Connect.
#[derive(Debug)]
pub struct OpenId {
    provider: Provider,
    flows: Flows,
}

/// Somebody who was signed in.
#[derive(Debug)]
pub struct Entered {
    /// The name.
    pub user: String,
    /// The session's cookie.
    pub session: Secret,
    /// The page to go back to.
    pub to: String,
}

/// Somebody who was not signed in.
#[derive(Debug)]
pub struct Failed {
    /// Why.
    pub problem: Problem,
    /// The page to go back to.
    pub to: String,
}

impl OpenId {
    /// Knows what the operator says about the provider.
    pub fn new(settings: OpenIdSettings) -> Self {
        Self { provider: Provider::new(settings), flows: Flows::default() }
    }

    /// What the operator says about the provider.
    pub fn settings(&self) -> &OpenIdSettings {
        &self.provider.settings
    }

    /// What the page is told; `browser` is the cookie of a browser that has tried.
    pub fn view(&self, browser: Option<&str>) -> OpenIdView {
        let failure = browser.and_then(|cookie| self.flows.failure(&Digest::of(cookie), Instant::now()));
        OpenIdView { name: self.settings().name.clone(), path: BeginOpenId::path(&()), failure }
    }

    /// Where a browser goes to sign in.
    ///
    /// # Errors
    /// When the provider is down, or is none.
    pub async fn begin(&self, browser: &str, to: &str) -> Result<Url, Problem> {
        let metadata = self.provider.metadata().await?;
        let random = || Secret::random().map_err(|_| Problem::Internal);
        let (state, verifier) = (random()?, random()?);
        let nonce = nonce(verifier.expose());
        let settings = self.settings();
        let mut url = metadata.authorization_endpoint.clone();
        let scopes: Vec<&str> =
            ["openid"].into_iter().chain(settings.scopes.iter().map(String::as_str)).collect();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &settings.client_id)
            .append_pair("redirect_uri", &settings.redirect_uri())
            .append_pair("scope", &scopes.join(" "))
            .append_pair("state", state.expose())
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &BASE64.encode(Sha256::digest(verifier.expose())))
            .append_pair("code_challenge_method", "S256");
        let flow =
            Flow { browser: Digest::of(browser), verifier: verifier.expose().to_owned(), to: own_page(to) };
        self.flows.begin(state.expose(), flow, Instant::now());
        Ok(url)
    }

    /// Remembers why a browser's sign-in failed, to be shown there.
    pub fn failed(&self, browser: &str, failure: OpenIdFailure) {
        self.flows.failed(Digest::of(browser), failure, Instant::now());
    }
}

impl Auth {
    /// Signs in whoever comes back from the provider.
    ///
    /// # Errors
    /// Why not.
    pub async fn enter(
        &self,
        open_id: &OpenId,
        browser: Option<&str>,
        given: OpenIdReturn,
    ) -> Result<Entered, Failed> {
        let nowhere = |problem| Failed { problem, to: own_page("") };
        let (Some(browser), Some(state)) = (browser, &given.state) else {
            return Err(nowhere(Problem::NotBegun));
        };
        let flow = open_id.flows.take(state, Digest::of(browser), Instant::now());
        let Some(Flow { verifier, to, .. }) = flow else { return Err(nowhere(Problem::NotBegun)) };
        match self.proven(open_id, &verifier, given).await {
            Ok((user, session)) => Ok(Entered { user, session, to }),
            Err(problem) => Err(Failed { problem, to }),
        }
    }

    async fn proven(
        &self,
        open_id: &OpenId,
        verifier: &str,
        given: OpenIdReturn,
    ) -> Result<(String, Secret), Problem> {
        if given.iss.is_some_and(|issuer| issuer != open_id.settings().issuer) {
            return Err(Problem::Untrusted("it comes from another provider"));
        }
        if let Some(error) = given.error {
            return Err(Problem::Refused(words(&error, given.error_description.as_deref())));
        }
        let code = given.code.ok_or(Problem::Untrusted("it has no code"))?;
        let claims = open_id.provider.claims(&code, verifier, &nonce(verifier)).await?;
        let people = self.users.now().map_err(|error| {
            tracing::error!(%error, "cannot read the list of users");
            Problem::Internal
        })?;
        let Person { name, role } = person(&claims, open_id.settings(), &people)?;
        let name = name.to_string();
        let began = self.sessions.begin(&name, Via::OpenId, None, role, Instant::now());
        began.map(|session| (name, session)).map_err(|_| Problem::Internal)
    }
}

/// What ties a token to the sign-in: made of its secret, which nobody else has.
fn nonce(verifier: &str) -> String {
    String::from(Digest::of(&format!("nonce {verifier}")))
}

/// A page of Perch's own: nobody is sent elsewhere.
fn own_page(to: &str) -> String {
    let is_path = to.starts_with('/') && !to.starts_with("//");
    let is_plain = to.len() <= 2000 && to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_path && is_plain && !to.starts_with("/api") { to.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for good in ["/", "/networks?q=free%3C10", "/servers/a/options/dhcp4"] {
            assert_eq!(own_page(good), good);
        }
        for wrong in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a b",
            "/a\r\nX: y",
            "/api/v1/session/oidc",
            "javascript:1",
        ] {
            assert_eq!(own_page(wrong), "/", "{wrong}");
        }
    }

    #[test]
    fn what_a_secret_gives_says_nothing_of_it() {
        let secret = Secret::random().unwrap();
        assert_eq!(nonce(secret.expose()), nonce(secret.expose()));
        assert!(!nonce(secret.expose()).contains(secret.expose()));
    }
}
