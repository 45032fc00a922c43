//! `[oidc]`: signing in with OpenID Connect.

use super::{
    mistake::Mistake,
    section::Section,
    server::{Password, Variable},
    value::{Setting, Wrong},
};
use crate::auth::{ClientSecret, OpenIdSettings, is_loopback, protected};
use perch_shared::api::Role;
use toml::de::DeValue;
use url::Url;

/// What is asked for besides `openid`, when nobody says anything else.
const SCOPES: [&str; 2] = ["profile", "email"];
/// The claim that names the user, when nobody says anything else.
const USER_CLAIM: &str = "preferred_username";
/// The keys that give roles by values of `role-claim`, the strongest first.
const ROLES: [(&str, Role); 3] =
    [("administrators", Role::Administrator), ("operators", Role::Operator), ("viewers", Role::Viewer)];

/// Reads the table, which is there.
pub(super) fn read(mut section: Section<'_>, hosts: &[String]) -> (Option<OpenIdSettings>, Vec<Mistake>) {
    let settings = settings(&mut section, hosts);
    (settings, section.finish())
}

fn settings(section: &mut Section<'_>, hosts: &[String]) -> Option<OpenIdSettings> {
    for (key, example) in [
        ("issuer", "issuer = \"https://login.example.org\""),
        ("client-id", "client-id = \"perch\""),
        ("public-url", "public-url = \"https://perch.example.org\""),
    ] {
        if !section.has(key) {
            section.wrong(
                section.place(key),
                format!("`[oidc]` without `{key}`"),
                format!("add `{example}`"),
            );
        }
    }
    let (issuer, client_id) = (section.get::<Issuer>("issuer"), section.get("client-id"));
    let public_url = section.get::<PublicUrl>("public-url").map(|url| url.0);
    if let Some(url) = &public_url {
        answers(section, url, hosts);
    }
    let client_secret = secret(section);
    let name = section.get("name");
    let scopes = section.get::<Vec<Scope>>("scopes").map(|all| all.into_iter().map(|one| one.0).collect());
    let user_claim = section.get("user-claim").unwrap_or_else(|| USER_CLAIM.to_owned());
    let role_claim = section.get("role-claim");
    let roles: Vec<(Role, Vec<String>)> =
        ROLES.map(|(key, role)| (role, section.get(key).unwrap_or_default())).to_vec();
    let role = section.get("role");
    check_roles(section);
    let trust_anchor = section.get::<super::server::ReadableFile>("trust-anchor").map(|file| file.0);
    let (issuer, host) = issuer.map(|issuer| (issuer.text, issuer.host))?;
    Some(OpenIdSettings {
        issuer,
        client_id: client_id?,
        client_secret,
        name: name.unwrap_or(host),
        public_url: public_url?,
        scopes: scopes.unwrap_or_else(|| SCOPES.map(str::to_owned).to_vec()),
        user_claim,
        role_claim,
        roles,
        role,
        trust_anchor,
    })
}

/// Browsers must be able to come back.
fn answers(section: &mut Section<'_>, url: &Url, hosts: &[String]) {
    let host = url.host_str().unwrap_or_default();
    if is_loopback(url) || hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) {
        return;
    }
    let what = format!("`public-url`: Perch does not answer under `{host}`");
    section.wrong(section.place("public-url"), what, format!("add it: `allowed-hosts = [\"{host}\"]`"));
}

fn secret(section: &mut Section<'_>) -> Option<ClientSecret> {
    let keys = ["client-secret", "client-secret-file", "client-secret-env"];
    let given: Vec<&str> = keys.into_iter().filter(|key| section.has(key)).collect();
    if let [one, other, ..] = given.as_slice() {
        let what = format!("`{one}` and `{other}` are both there");
        section.wrong(section.place(other), what, "leave one of them out");
    }
    let text = section.get::<String>("client-secret");
    let file = section.get::<Password>("client-secret-file").map(|password| password.0);
    let variable = section.get::<Variable>("client-secret-env").map(|variable| variable.0);
    text.or(file).or(variable).map(ClientSecret)
}

fn check_roles(section: &mut Section<'_>) {
    let given: Vec<&str> = ROLES.into_iter().map(|(key, _)| key).filter(|key| section.has(key)).collect();
    match given.first() {
        Some(one) if !section.has("role-claim") => {
            let what = format!("`{one}` without `role-claim`");
            section.wrong(section.place(one), what, "add `role-claim`, such as `role-claim = \"groups\"`");
        }
        None if section.has("role-claim") => {
            let help = "add the values that give a role: `operators = [\"dhcp\"]`";
            section.wrong(section.place("role-claim"), "`role-claim` gives nobody a role", help);
        }
        _ => {}
    }
}

/// The provider's name, to the letter.
struct Issuer {
    text: String,
    host: String,
}

impl Setting for Issuer {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let text = String::read(value)?;
        let url = protected(&text)?;
        if url.query().is_some() || url.fragment().is_some() {
            let help = "leave out what stands behind `?` or `#`";
            return Err(Wrong::new(format!("`{text}` is more than a provider's name"), help));
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        Ok(Self { text, host })
    }
}

/// Where browsers reach Perch.
struct PublicUrl(Url);

impl Setting for PublicUrl {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let text = String::read(value)?;
        let url = protected(&text)?;
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            let help = "write the scheme, the host and the port: `https://perch.example.org`";
            return Err(Wrong::new(format!("`{text}` has more than an origin"), help));
        }
        Ok(Self(url))
    }
}

/// Something to ask the provider for.
struct Scope(String);

impl Setting for Scope {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let text = String::read(value)?;
        if text.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
            return Err(Wrong::new(
                format!("`{text}` is not one scope"),
                "write each by itself: `[\"profile\", \"groups\"]`",
            ));
        }
        Ok(Self(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Mistakes, parse};

    const LEAST: &str = "[oidc]\nissuer = \"https://login.example.org/a\"\nclient-id = \"perch\"\n\
                         public-url = \"http://localhost:8080\"\n";

    fn report(text: &str) -> String {
        Mistakes::new("perch.toml".into(), text, parse(text).unwrap_err()).to_string()
    }

    #[test]
    fn a_few_keys_are_enough() {
        let settings = parse(LEAST).unwrap().auth.open_id.unwrap();
        assert_eq!(settings.issuer, "https://login.example.org/a");
        assert_eq!((settings.name.as_str(), settings.user_claim.as_str()), ("login.example.org", USER_CLAIM));
        assert_eq!(settings.scopes, SCOPES);
        assert_eq!(settings.redirect_uri(), "http://localhost:8080/api/v1/session/oidc/callback");
        assert!(
            settings.client_secret.is_none() && settings.role.is_none() && !settings.makes_administrators()
        );
        assert!(parse("").unwrap().auth.open_id.is_none());
    }

    #[test]
    fn every_key_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        std::fs::write(&path, "s3cret\n").unwrap();
        let text = format!(
            "allowed-hosts = [\"perch.example.org\"]\n[oidc]\nissuer = \"https://login.example.org\"\n\
             client-id = \"perch\"\nclient-secret-file = {path:?}\nname = \"Example\"\n\
             public-url = \"https://Perch.example.org\"\nscopes = [\"groups\"]\nuser-claim = \"email\"\n\
             role-claim = \"realm_access.roles\"\nviewers = [\"a\"]\noperators = [\"b\", \"c\"]\n\
             administrators = [\"d\"]\nrole = \"viewer\"\ntrust-anchor = {path:?}\n"
        );
        let settings = parse(&text).unwrap().auth.open_id.unwrap();
        assert_eq!(settings.client_secret, Some(ClientSecret("s3cret".into())));
        assert!(!format!("{settings:?}").contains("s3cret"));
        assert_eq!(settings.roles[0], (Role::Administrator, vec!["d".to_owned()]));
        assert_eq!(settings.roles[1], (Role::Operator, vec!["b".to_owned(), "c".to_owned()]));
        assert_eq!(settings.role, Some(Role::Viewer));
        assert!(settings.makes_administrators() && settings.is_secure() && settings.trust_anchor.is_some());
        assert_eq!(settings.redirect_uri(), "https://perch.example.org/api/v1/session/oidc/callback");
    }

    #[test]
    fn every_mistake_has_its_line() {
        for (text, expected) in [
            ("[oidc]\n".to_owned(), "perch.toml:1:1: `[oidc]` without `issuer`"),
            ("[oidc]\n".to_owned(), "perch.toml:1:1: `[oidc]` without `client-id`"),
            ("[oidc]\n".to_owned(), "perch.toml:1:1: `[oidc]` without `public-url`"),
            ("oidc = 1".to_owned(), "`oidc` is not a table"),
            (
                LEAST.replace("https://login", "http://login"),
                "perch.toml:2:10: `issuer`: `http://login.example.org/a` is not encrypted",
            ),
            (
                LEAST.replace("org/a", "org/a?b"),
                "perch.toml:2:10: `issuer`: `https://login.example.org/a?b` is more than",
            ),
            (
                LEAST.replace("http://localhost:8080", "https://perch.example.org"),
                "perch.toml:4:14: `public-url`: Perch does not answer under `perch.example.org`",
            ),
            (LEAST.replace(":8080", ":8080/perch"), "`http://localhost:8080/perch` has more than an origin"),
            (format!("{LEAST}viewers = [\"a\"]"), "perch.toml:5:11: `viewers` without `role-claim`"),
            (format!("{LEAST}role-claim = \"groups\""), "perch.toml:5:14: `role-claim` gives nobody a role"),
            (format!("{LEAST}role = \"root\""), "perch.toml:5:8: `role`: `root` is not a role"),
            (format!("{LEAST}scopes = [\"a b\"]"), "perch.toml:5:10: `scopes`: `a b` is not one scope"),
            (
                format!("{LEAST}client-secret = \"a\"\nclient-secret-env = \"PATH\""),
                "perch.toml:6:21: `client-secret` and `client-secret-env` are both there",
            ),
            (
                format!("{LEAST}client-secret-env = \"PERCH_TEST_UNSET\""),
                "perch.toml:5:21: `client-secret-env`: the variable `PERCH_TEST_UNSET` is not set",
            ),
            (format!("{LEAST}client-secret-file = \"/none\""), "perch.toml:5:22: `client-secret-file`"),
            (
                format!("{LEAST}isuer = \"a\""),
                "perch.toml:5:1: unknown key `isuer` in `oidc`\n  help: did you mean `issuer`?",
            ),
        ] {
            assert!(report(&text).contains(expected), "{expected}\n--- in:\n{}", report(&text));
        }
    }
}
