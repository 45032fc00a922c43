//! Who may ask: only names that Perch serves, and changes only from Perch's own page or from a script.

use super::listen::is_loopback;
use crate::{
    app::App,
    auth::{Network, Peer},
    error::ApiError,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use perch_shared::api::ErrorCode;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// The host names under which Perch answers.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    listen: Option<IpAddr>,
    allowed: Vec<String>,
    plain_from: Option<Vec<Network>>,
}

impl Guard {
    /// Loopback names, the address that is listened on, and the names that the settings allow.
    pub fn new(listen: SocketAddr, allowed_hosts: &[String]) -> Self {
        let allowed = allowed_hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        Self { listen: Some(listen.ip()), allowed, plain_from: None }
    }

    /// Without TLS, other machines are answered only when they are the declared proxy: what others send crosses the
    /// network unencrypted.
    #[must_use]
    pub fn plain_from(mut self, plain: bool, proxies: &[Network]) -> Self {
        self.plain_from = plain.then(|| proxies.to_vec());
        self
    }

    /// Looks at where a connection comes from.
    ///
    /// # Errors
    /// 403 when it is not encrypted and comes from another machine than the proxy.
    pub fn check_peer(&self, peer: Option<Peer>) -> Result<(), ApiError> {
        let (Some(proxies), Some(peer)) = (&self.plain_from, peer) else { return Ok(()) };
        if is_loopback(peer.address) || proxies.iter().any(|proxy| proxy.contains(peer.address)) {
            return Ok(());
        }
        Err(ApiError::new(ErrorCode::Forbidden, "Perch speaks without TLS to its reverse proxy only.").help(
            "Open Perch through the proxy; `addresses` below `[proxy]` in perch.toml says where it is.",
        ))
    }

    /// Looks at a request before anything else does.
    ///
    /// # Errors
    /// 403 when the host is not one of Perch's, or when a request that may change something comes from another site.
    pub fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), ApiError> {
        let host = self.check_host(uri, headers)?;
        if matches!(*method, Method::GET | Method::HEAD) { Ok(()) } else { self.check_origin(&host, headers) }
    }

    /// Against DNS rebinding: a page of another site whose name was made to point here sends its own name.
    fn check_host(&self, uri: &Uri, headers: &HeaderMap) -> Result<Authority, ApiError> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let named = match (hosts.next(), hosts.next()) {
            (Some(host), None) => Authority::try_from(host.as_bytes()).ok(),
            _ => None,
        };
        let good = |authority: &Authority| self.knows(authority.host());
        match named.filter(good).filter(|_| uri.authority().is_none_or(good)) {
            Some(host) => Ok(host),
            None => Err(ApiError::new(ErrorCode::Forbidden, "Perch does not answer under this host name.")
                .help(
                    "Open Perch as http://127.0.0.1:PORT, or name the host in `allowed-hosts` in perch.toml.",
                )),
        }
    }

    /// Against requests that another site makes in the operator's browser.
    fn check_origin(&self, host: &Authority, headers: &HeaderMap) -> Result<(), ApiError> {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("null"));
        let fetched_here = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
        let from_here = text("origin").is_none_or(|origin| self.is_own_origin(origin, host));
        if fetched_here && from_here {
            return Ok(());
        }
        Err(ApiError::new(ErrorCode::Forbidden, "The request comes from another site.").help(
            "Nothing was changed. Use Perch's own page; a reverse proxy must pass the `Host` header on, or its \
             name must stand in `allowed-hosts` in perch.toml.",
        ))
    }

    fn is_own_origin(&self, origin: &str, host: &Authority) -> bool {
        let Ok(origin) = origin.parse::<Uri>() else { return false };
        let Some(authority) = origin.authority() else { return false };
        authority == host || self.is_allowed(authority.host())
    }

    fn knows(&self, host: &str) -> bool {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let address = bare.parse::<IpAddr>().ok();
        address.is_some_and(|address| address.to_canonical().is_loopback() || Some(address) == self.listen)
            || host.eq_ignore_ascii_case("localhost")
            || self.is_allowed(host)
    }

    fn is_allowed(&self, host: &str) -> bool {
        self.allowed.iter().any(|allowed| host.eq_ignore_ascii_case(allowed))
    }
}

/// Lets a request pass, or answers it.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    match app.guard.check_peer(peer).and_then(|()| app.guard.check(method, uri, headers)) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: Method, pairs: &[(&'static str, &str)]) -> bool {
        let guard = Guard::new("127.0.0.1:8080".parse().unwrap(), &["perch.example.org".to_owned()]);
        let headers = pairs.iter().map(|(name, value)| {
            (header::HeaderName::from_static(name), header::HeaderValue::from_str(value).unwrap())
        });
        let mut map = HeaderMap::new();
        headers.for_each(|(name, value)| {
            map.append(name, value);
        });
        guard.check(&method, &Uri::from_static("/api/v1/servers"), &map).is_ok()
    }

    #[test]
    fn only_own_host_names() {
        for host in
            ["127.0.0.1", "127.0.0.1:8080", "localhost:9999", "LOCALHOST", "[::1]:80", "perch.example.org"]
        {
            assert!(check(Method::GET, &[("host", host)]), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "192.0.2.1:8080",
            "",
            "a b",
            "@",
        ] {
            assert!(!check(Method::GET, &[("host", host)]), "{host}");
        }
        assert!(!check(Method::GET, &[]));
        assert!(!check(Method::GET, &[("host", "localhost"), ("host", "evil.example")]));
    }

    #[test]
    fn changes_come_from_the_same_origin_or_from_no_browser() {
        let post = |pairs: &[(&'static str, &str)]| {
            let mut all = vec![("host", "localhost:8080")];
            all.extend(pairs);
            check(Method::POST, &all)
        };
        assert!(post(&[]));
        assert!(post(&[("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")]));
        assert!(post(&[("origin", "https://perch.example.org")]));
        for origin in ["http://localhost:3000", "http://evil.example", "null", "", "http://127.0.0.1:8080"] {
            assert!(!post(&[("origin", origin)]), "{origin}");
        }
        for site in ["cross-site", "same-site"] {
            assert!(!post(&[("sec-fetch-site", site)]), "{site}");
        }
    }

    #[test]
    fn without_tls_only_the_proxy_and_this_machine_are_answered() {
        let proxies = ["192.0.2.1".parse().unwrap()];
        let guard = |plain| Guard::new("0.0.0.0:8080".parse().unwrap(), &[]).plain_from(plain, &proxies);
        let peer = |address: &str| Some(Peer { address: address.parse().unwrap(), tls: false });
        for (address, answered) in [
            ("192.0.2.1", true),
            ("127.0.0.1", true),
            ("::ffff:192.0.2.1", true),
            ("192.0.2.2", false),
            ("::2", false),
        ] {
            assert_eq!(guard(true).check_peer(peer(address)).is_ok(), answered, "{address}");
            assert!(guard(false).check_peer(peer(address)).is_ok(), "{address} over TLS");
        }
    }

    #[test]
    fn reading_needs_no_origin() {
        assert!(check(Method::GET, &[("host", "localhost"), ("sec-fetch-site", "cross-site")]));
    }
}
