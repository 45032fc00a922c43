//! What the operator says about the provider.

use crate::settings::Wrong;
use perch_shared::api::{Endpoint as _, FinishOpenId, Role};
use std::{fmt, net::IpAddr};
use url::{Host, Url};

/// `[oidc]`: signing in with OpenID Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenIdSettings {
    /// The provider, by the name that it gives itself.
    pub issuer: String,
    /// What the provider calls Perch.
    pub client_id: String,
    /// What Perch proves itself to the provider with; `None`: with PKCE alone.
    pub client_secret: Option<ClientSecret>,
    /// What the button calls the provider.
    pub name: String,
    /// Where browsers reach Perch.
    pub public_url: Url,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// The claim that names the user.
    pub user_claim: String,
    /// The claim that gives roles.
    pub role_claim: Option<String>,
    /// Which values of that claim give which role, the strongest role first.
    pub roles: Vec<(Role, Vec<String>)>,
    /// The role of everybody else whom the provider signs in; `None`: they are refused.
    pub role: Option<Role>,
    /// PEM file of the authority that signed the provider's certificate; `None`: the system's authorities.
    pub trust_anchor: Option<String>,
}

/// What Perch proves itself to the provider with. Does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret(pub String);

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}

impl OpenIdSettings {
    /// Where the provider sends browsers back to.
    pub fn redirect_uri(&self) -> String {
        format!("{}{}", self.public_url.as_str().trim_end_matches('/'), FinishOpenId::path(&()))
    }

    /// Whether browsers speak TLS with Perch, or with the proxy in front.
    pub fn is_secure(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// Whether the provider can make somebody an administrator.
    pub fn makes_administrators(&self) -> bool {
        self.role == Some(Role::Administrator)
            || self.roles.iter().any(|(role, values)| *role == Role::Administrator && !values.is_empty())
    }
}

/// Reads an address that secrets go to: HTTPS, or plain HTTP on this machine.
///
/// # Errors
/// When it is something else.
pub fn protected(text: &str) -> Result<Url, Wrong> {
    let help = "write for example `https://login.example.org`";
    let url: Url = text.parse().map_err(|_| Wrong::new(format!("`{text}` is not an address"), help))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Wrong::new("there is a user name or a password in the address", help));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => {
            let what = format!("`{text}` is not encrypted: everybody on the way could sign in");
            Err(Wrong::new(what, "write `https://…`; `http://` is for this machine alone"))
        }
        _ => Err(Wrong::new(format!("`{text}` is not an address of the web"), help)),
    }
}

/// Whether an address is on this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_over_tls_or_stay_on_this_machine() {
        for good in [
            "https://login.example.org/realms/a",
            "http://127.0.0.1:3000",
            "http://[::1]:1",
            "http://localhost",
        ] {
            assert!(protected(good).is_ok(), "{good}");
        }
        for wrong in [
            "http://login.example.org",
            "http://127.0.0.1.example.org",
            "http://192.0.2.1",
            "ftp://localhost",
            "login.example.org",
            "https://perch:hunter2@login.example.org",
            "",
        ] {
            let error = protected(wrong).unwrap_err();
            assert!(!error.what.contains("hunter2"), "{wrong}");
        }
    }
}
