//! The session's cookie.

use super::Secret;
use axum::http::{HeaderMap, HeaderValue, header};

/// Over TLS: `__Host-` ties it to this host, and browsers take it over TLS only.
const SECURE: &str = "__Host-perch";
/// On loopback without TLS.
const PLAIN: &str = "perch";

/// As above, for a sign-in with OpenID Connect that is under way.
const SECURE_FLOW: &str = "__Host-perch-oidc";
const PLAIN_FLOW: &str = "perch-oidc";

/// The session's secret in a request. Where the browser sends both cookies, only the one that nobody else can have set
/// counts.
pub fn read(headers: &HeaderMap) -> Option<&str> {
    named(headers, SECURE).or_else(|| named(headers, PLAIN))
}

/// The value of a cookie; its first one.
pub(super) fn named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Whether the browser speaks TLS: with Perch itself, or, as its `Origin` says, with a proxy in front.
pub fn is_secure(tls: bool, headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    tls || origin.is_some_and(|origin| origin.starts_with("https://"))
}

/// Sets the cookie. It has no lifetime of its own: the browser forgets it when it ends, Perch earlier.
pub fn set(secret: &Secret, secure: bool) -> Option<HeaderValue> {
    let text = match secure {
        true => format!("{SECURE}={}; Path=/; Secure; HttpOnly; SameSite=Strict", secret.expose()),
        false => format!("{PLAIN}={}; Path=/; HttpOnly; SameSite=Strict", secret.expose()),
    };
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// What ties a sign-in with OpenID Connect to the browser that began it.
pub fn flow(headers: &HeaderMap) -> Option<&str> {
    named(headers, SECURE_FLOW).or_else(|| named(headers, PLAIN_FLOW))
}

/// Sets that cookie, for ten minutes. `Lax`: the browser comes back from another site, which sends no `Strict` one.
pub fn set_flow(secret: &str, secure: bool) -> Option<HeaderValue> {
    let text = match secure {
        true => format!("{SECURE_FLOW}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600"),
        false => format!("{PLAIN_FLOW}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600"),
    };
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Takes both cookies out of the browser.
pub fn clear() -> [HeaderValue; 2] {
    [
        HeaderValue::from_static("__Host-perch=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"),
        HeaderValue::from_static("perch=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_that_only_perch_can_set_goes_first() {
        let read = |cookies: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in cookies {
                headers.append(header::COOKIE, value.parse().unwrap());
            }
            super::read(&headers).map(str::to_owned)
        };
        assert_eq!(read(&[]), None);
        assert_eq!(read(&["a=b; perch=one"]).as_deref(), Some("one"));
        assert_eq!(read(&["perch=one; __Host-perch=two"]).as_deref(), Some("two"));
        assert_eq!(read(&["perch=one", "__Host-perch=two"]).as_deref(), Some("two"));
        assert_eq!(read(&["xperch=one; perch"]), None);
    }

    #[test]
    fn over_tls_the_cookie_is_bound_to_tls() {
        let secret = Secret::random().unwrap();
        let text = |secure| set(&secret, secure).unwrap().to_str().unwrap().to_owned();
        assert!(text(true).starts_with("__Host-perch=") && text(true).contains("; Secure;"));
        assert!(text(false).starts_with("perch=") && !text(false).contains("Secure"));
        for text in [text(true), text(false)] {
            assert!(
                text.contains("HttpOnly") && text.contains("SameSite=Strict") && text.contains("Path=/;")
            );
        }
    }
}
