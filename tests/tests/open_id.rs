//! Signing in with OpenID Connect, with a real provider: who gets in and as what, who does not and why.

use perch_tests::{
    open_id::{BEGIN, Provider, SECRET, Visitor},
    perch::Perch,
};
use serde_json::{Value, json};
use std::fs;
use url::Url;

/// What the groups of the lab's people give.
const ROLES: &str = "role-claim = \"groups\"\nadministrators = [\"dhcp-admins\"]\noperators = [\"noc\"]";

fn people() -> Value {
    json!({"ada": {"groups": ["staff", "dhcp-admins"]}, "otto": {"groups": ["noc"]}, "nina": {"groups": ["staff"]}})
}

/// A provider and a Perch that knows it.
fn lab(more: &Value, settings: &str) -> Option<(Provider, Perch)> {
    let provider = Provider::start(&people(), more)?;
    let perch = provider.perch(&provider.settings(settings));
    Some((provider, perch))
}

fn url(perch: &Perch, path: &str) -> Url {
    perch.url(path).parse().unwrap()
}

fn begin(perch: &Perch) -> Url {
    url(perch, &format!("{BEGIN}?to=%2Fnetworks%3Fq%3Dfree"))
}

/// Goes to the provider and back as somebody, and gives what Perch then says of whoever it is.
fn sign_in(visitor: &mut Visitor, perch: &Perch, person: &str) -> Value {
    let back = visitor.sign_in(&begin(perch), person, |_| {});
    let reply = visitor.get(&back);
    assert_eq!(reply.status, 303, "{}", reply.text());
    visitor.session(perch)
}

/// Why the last attempt failed, in words.
#[track_caller]
fn refused(session: &Value, words: &str) {
    assert_eq!(session.get("who"), None, "{session:#}");
    let failure = &session["open-id"]["failure"];
    let message = failure["message"].as_str().unwrap_or_else(|| panic!("{session:#}"));
    assert!(message.contains(words), "{message}");
    assert!(failure["help"].as_str().unwrap().len() > 20, "{failure:#}");
}

#[test]
fn somebody_signs_in_and_out_like_with_a_password() {
    let Some((_provider, perch)) = lab(&json!({}), ROLES) else { return };
    let mut ada = Visitor::default();
    let before = ada.session(&perch);
    assert_eq!(before["open"], false, "a provider is authentication: nobody is let in without");
    assert_eq!(before["open-id"], json!({"name": "the lab", "path": BEGIN}));
    let back = ada.sign_in(&begin(&perch), "ada", |ask| {
        let asked =
            |name: &str| ask.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        assert_eq!(asked("scope").unwrap(), "openid profile email groups");
        assert_eq!(asked("code_challenge_method").unwrap(), "S256");
        assert_eq!(asked("redirect_uri").unwrap(), perch.url(&format!("{BEGIN}/callback")));
        assert!(asked("state").unwrap().len() >= 43 && asked("nonce").unwrap().len() >= 43);
    });
    let reply = ada.get(&back);
    assert_eq!(reply.header("location"), Some("/networks?q=free"), "back where she was");
    let cookie = ada.cookie(&back, "perch").unwrap().to_owned();
    let set = reply.headers.iter().find(|(_, value)| value.starts_with("perch=")).unwrap();
    assert!(set.1.contains("HttpOnly") && set.1.contains("SameSite=Strict"), "{set:?}");
    let who = ada.session(&perch)["who"].clone();
    let expected =
        json!({"name": "ada", "role": "administrator", "can-sign-out": true, "has-password": false});
    assert_eq!(who, expected);
    let history = ada.get(&url(&perch, "/api/v1/history")).text();
    assert!(history.contains("Sign in with OpenID Connect") && history.contains("\"ada\""), "{history}");

    let headers = [("cookie", format!("perch={cookie}")), ("content-type", "application/json".to_owned())];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(perch.send("DELETE", "/api/v1/session", &headers, b"").status, 200);
    assert_eq!(ada.session(&perch).get("who"), None);

    let secrets = [SECRET, cookie.as_str()];
    let files = fs::read_dir(perch.state()).unwrap().map(|entry| entry.unwrap().path());
    let kept = files.filter(|path| path.is_file() && !path.ends_with("perch.toml"));
    for path in kept {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        assert!(!secrets.iter().any(|secret| text.contains(secret)), "{}", path.display());
    }
    let code = back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    assert!(!perch.log().contains(&code) && !perch.log().contains(SECRET));
}

#[test]
fn roles_come_from_groups_and_the_list_of_users_goes_first() {
    let Some((_provider, perch)) = lab(&json!({"inIdToken": false}), ROLES) else { return };
    // The claims are at the userinfo endpoint alone here.
    let role = |person: &str| sign_in(&mut Visitor::default(), &perch, person)["who"]["role"].clone();
    assert_eq!((role("ada"), role("otto")), (json!("administrator"), json!("operator")));
    refused(&sign_in(&mut Visitor::default(), &perch, "nina"), "`nina`, but nothing gives you a role");
    let mut ada = Visitor::default();
    sign_in(&mut ada, &perch, "ada");
    let history = ada.get(&url(&perch, "/api/v1/history")).text();
    assert!(
        history.contains("Fail to sign in with OpenID Connect") && history.contains("\"nina\""),
        "{history}"
    );

    perch.add_user("ada", "viewer", &[], "a long lab password");
    perch.add_user("nina", "operator", &[], "a long lab password");
    assert_eq!((role("ada"), role("nina")), (json!("viewer"), json!("operator")));
    assert_eq!(ada.session(&perch)["who"]["role"], "viewer", "a session that goes on is held to it, too");
}

#[test]
fn everybody_may_have_a_role() {
    let Some((_provider, perch)) = lab(&json!({}), "role = \"viewer\"") else { return };
    assert_eq!(sign_in(&mut Visitor::default(), &perch, "nina")["who"]["role"], "viewer");
}

#[test]
fn a_sign_in_belongs_to_the_browser_that_began_it() {
    let Some((_provider, perch)) = lab(&json!({}), ROLES) else { return };
    let (mut ada, mut other) = (Visitor::default(), Visitor::default());
    let back = ada.sign_in(&begin(&perch), "ada", |_| {});
    // Somebody is lured to an address that would sign them in as somebody else.
    assert_eq!(other.get(&back).header("location"), Some("/"));
    refused(&other.session(&perch), "not begun in this browser");
    assert!(other.cookie(&back, "perch").is_none());
    let mut back = ada.sign_in(&begin(&perch), "ada", |_| {});
    let pairs: Vec<(String, String)> = back.query_pairs().into_owned().collect();
    back.query_pairs_mut().clear().extend_pairs(
        pairs.iter().map(|(name, value)| (name, if name == "state" { "made-up" } else { value.as_str() })),
    );
    ada.get(&back);
    refused(&ada.session(&perch), "not begun in this browser");

    let back = ada.sign_in(&begin(&perch), "ada", |_| {});
    ada.get(&back);
    assert_eq!(ada.session(&perch)["who"]["name"], "ada", "beginning again helps");
    let again = Visitor::default().get(&back);
    assert!(again.headers.iter().all(|(_, value)| !value.starts_with("perch=")), "once only");
}

/// Replaces one thing that Perch asks the provider for.
fn replace(ask: &mut Url, name: &str, value: &str) {
    let pairs: Vec<(String, String)> =
        ask.query_pairs().into_owned().filter(|(key, _)| key != name).collect();
    ask.query_pairs_mut().clear().extend_pairs(pairs).append_pair(name, value);
}

#[test]
fn a_token_for_another_sign_in_or_another_program_is_refused() {
    let Some((_provider, perch)) = lab(&json!({}), ROLES) else { return };
    let attempt = |name: &'static str, value: &'static str| {
        let mut visitor = Visitor::default();
        let back = visitor.sign_in(&begin(&perch), "ada", |ask| replace(ask, name, value));
        visitor.get(&back);
        visitor.session(&perch)
    };
    refused(&attempt("nonce", "another-nonce"), "belongs to another sign-in");
    refused(&attempt("client_id", "other"), "does not accept Perch: `invalid_grant`");
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    refused(&attempt("code_challenge", challenge), "does not accept Perch: `invalid_grant`");
    refused(&attempt("prompt", "none"), "did not sign you in: `login_required`");
}

#[test]
fn clocks_that_differ_are_named() {
    for (skew, words) in [(-3600, "has expired already"), (3600, "comes from the future")] {
        let Some((_provider, perch)) = lab(&json!({"skew": skew}), ROLES) else { return };
        refused(&sign_in(&mut Visitor::default(), &perch, "ada"), words);
    }
    let Some((_provider, perch)) = lab(&json!({"skew": 20}), ROLES) else { return };
    assert_eq!(sign_in(&mut Visitor::default(), &perch, "ada")["who"]["name"], "ada", "a little is fine");
}

#[test]
fn a_provider_that_is_down_is_named_and_passwords_go_on() {
    let Some(provider) = Provider::start(&people(), &json!({})) else { return };
    let (issuer, settings) = (provider.issuer(), provider.settings(ROLES));
    let perch = provider.perch(&settings);
    let address = perch.address();
    perch.add_user("local", "administrator", &[], "a long lab password");
    let mut ada = Visitor::default();
    let back = ada.sign_in(&begin(&perch), "ada", |_| {});
    let _kept = provider.stop();
    ada.get(&back);
    refused(&ada.session(&perch), &format!("{issuer} does not answer"));

    // The same before anything is known about it.
    drop(perch);
    let perch = Perch::serve_at(address, &settings);
    perch.add_user("local", "administrator", &[], "a long lab password");
    let reply = ada.get(&begin(&perch));
    assert_eq!((reply.status, reply.header("location")), (303, Some("/")));
    refused(&ada.session(&perch), "nothing listens on this port");
    let body = br#"{"user": "local", "password": "a long lab password"}"#;
    let headers = [("content-type", "application/json")];
    assert_eq!(perch.send("POST", "/api/v1/session", &headers, body).status, 200);
}

#[test]
fn wrong_settings_are_named() {
    let Some(provider) = Provider::start(&people(), &json!({})) else { return };
    let secret = provider.settings(ROLES).replace(SECRET, "a-wrong-secret");
    let perch = provider.perch(&secret);
    let session = sign_in(&mut Visitor::default(), &perch, "ada");
    refused(&session, "does not accept Perch: `invalid_client`");
    drop(perch);
    let name = provider.issuer().replace("127.0.0.1", "localhost");
    let perch = provider.perch(&provider.settings(ROLES).replace(&provider.issuer(), &name));
    let mut ada = Visitor::default();
    ada.get(&begin(&perch));
    refused(&ada.session(&perch), &format!("calls itself `{}`", provider.issuer()));
    drop(perch);
    let perch = provider.perch(&provider.settings("user-claim = \"upn\"\nrole = \"viewer\""));
    refused(&sign_in(&mut Visitor::default(), &perch, "ada"), "no `upn`");
}

#[test]
fn hosts_are_checked_on_the_way_back() {
    let Some((_provider, perch)) = lab(&json!({}), ROLES) else { return };
    for path in [BEGIN.to_owned(), format!("{BEGIN}/callback?code=a&state=b")] {
        assert_eq!(perch.send("GET", &path, &[("host", "evil.example")], b"").status, 403, "{path}");
    }
}
