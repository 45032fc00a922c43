//! The ID token: whose it is, for whom, until when, and what it says (OpenID Connect Core 1.0, 3.1.3.7).

use super::{
    problem::Problem,
    signature::{ALLOWED, install},
};
use jsonwebtoken::{
    DecodingKey, Header, Validation, decode, decode_header,
    errors::ErrorKind,
    get_current_timestamp,
    jwk::{Jwk, PublicKeyUse},
};
use serde_json::{Map, Value};

/// How far the clocks may differ, in seconds.
const SKEW: u64 = 60;

/// What a token says.
pub(super) type Claims = Map<String, Value>;

/// What a token must be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    /// Who made it.
    pub(super) issuer: &'a str,
    /// Whom it is for.
    pub(super) client_id: &'a str,
    /// What it was asked for with.
    pub(super) nonce: &'a str,
}

/// The keys that may have signed a token.
///
/// # Errors
/// When the token is none.
pub(super) fn signers<'a>(token: &str, keys: &'a [Jwk]) -> Result<Vec<&'a Jwk>, Problem> {
    let header = header(token)?;
    let fits = |key: &&Jwk| {
        let common = &key.common;
        let is_named = header.kid.is_none() || common.key_id == header.kid;
        let signs = common.public_key_use.as_ref().is_none_or(|use_| *use_ == PublicKeyUse::Signature);
        let family = DecodingKey::from_jwk(key).is_ok_and(|key| key.family() == header.alg.family());
        is_named && signs && family
    };
    Ok(keys.iter().filter(fits).collect())
}

/// What a token says, once it is known to be the provider's, for Perch, for this sign-in, and for now.
///
/// # Errors
/// When it is anything else.
pub(super) fn check(token: &str, keys: &[&Jwk], expected: Expected<'_>) -> Result<Claims, Problem> {
    install();
    let header = header(token)?;
    let mut validation = Validation::new(header.alg);
    validation.leeway = SKEW;
    validation.validate_nbf = true;
    validation.set_audience(&[expected.client_id]);
    validation.set_issuer(&[expected.issuer]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let mut last = Problem::Untrusted("no key of the provider's has signed it");
    for key in keys {
        let Ok(key) = DecodingKey::from_jwk(key) else { continue };
        match decode::<Claims>(token, &key, &validation) {
            Ok(token) => return further(token.claims, expected),
            Err(error) => last = fault(error.kind()),
        }
    }
    Err(last)
}

/// What the library does not look at.
fn further(claims: Claims, expected: Expected<'_>) -> Result<Claims, Problem> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    // The library takes a list of issuers as well; a token has one.
    if text("iss") != Some(expected.issuer) {
        return Err(Problem::Untrusted("somebody else made it"));
    }
    if text("nonce") != Some(expected.nonce) {
        return Err(Problem::Untrusted("it belongs to another sign-in"));
    }
    let is_for_many = claims.get("aud").and_then(Value::as_array).is_some_and(|all| all.len() > 1);
    let party = text("azp");
    if party.map_or(is_for_many, |party| party != expected.client_id) {
        return Err(Problem::Untrusted("it was made for somebody else"));
    }
    let made = claims.get("iat").and_then(Value::as_f64).ok_or(Problem::Untrusted("it has no time"))?;
    let latest = get_current_timestamp().saturating_add(SKEW);
    if made > latest as f64 {
        return Err(Problem::Clock("comes from the future"));
    }
    Ok(claims)
}

fn header(token: &str) -> Result<Header, Problem> {
    let header = decode_header(token)
        .map_err(|_| Problem::Untrusted("it is no token, or signed in an unknown way"))?;
    if ALLOWED.contains(&header.alg) {
        Ok(header)
    } else {
        Err(Problem::Untrusted("it is signed with a shared secret, which proves nothing"))
    }
}

fn fault(kind: &ErrorKind) -> Problem {
    match kind {
        ErrorKind::ExpiredSignature => Problem::Clock("has expired already"),
        ErrorKind::ImmatureSignature => Problem::Clock("is not valid yet"),
        ErrorKind::InvalidIssuer => Problem::Untrusted("somebody else made it"),
        ErrorKind::InvalidAudience => Problem::Untrusted("it was made for somebody else"),
        ErrorKind::InvalidSignature => Problem::Untrusted("no key of the provider's has signed it"),
        ErrorKind::MissingRequiredClaim(_) => Problem::Untrusted("something is missing in it"),
        _ => Problem::Untrusted("it is not well formed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
    use ring::{
        rand::SystemRandom,
        signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
    };
    use serde_json::json;

    const EXPECTED: Expected<'_> =
        Expected { issuer: "https://login.example.org", client_id: "perch", nonce: "n-1" };

    struct Signer(EcdsaKeyPair);

    impl Signer {
        fn new() -> Self {
            let random = SystemRandom::new();
            let with = &ECDSA_P256_SHA256_FIXED_SIGNING;
            let pkcs8 = EcdsaKeyPair::generate_pkcs8(with, &random).unwrap();
            Self(EcdsaKeyPair::from_pkcs8(with, pkcs8.as_ref(), &random).unwrap())
        }

        fn jwk(&self, kid: &str) -> Jwk {
            let point = self.0.public_key().as_ref();
            let part = |range: std::ops::Range<usize>| BASE64.encode(&point[range]);
            let (x, y) = (part(1..33), part(33..65));
            serde_json::from_value(
                json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid, "use": "sig"}),
            )
            .unwrap()
        }

        fn sign(&self, header: &Value, claims: &Value) -> String {
            let text = [header, claims].map(|part| BASE64.encode(part.to_string())).join(".");
            let signature = self.0.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
            format!("{text}.{}", BASE64.encode(signature.as_ref()))
        }

        fn token(&self, change: &Value) -> String {
            let now = get_current_timestamp();
            let mut claims = json!({
                "iss": EXPECTED.issuer, "aud": EXPECTED.client_id, "sub": "1", "nonce": EXPECTED.nonce,
                "iat": now, "exp": now + 300,
            });
            for (name, value) in change.as_object().unwrap() {
                claims[name] = value.clone();
            }
            claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            self.sign(&json!({"alg": "ES256", "kid": "a"}), &claims)
        }
    }

    fn verdict(token: &str, keys: &[Jwk]) -> Result<Claims, String> {
        let signers = signers(token, keys).map_err(|problem| problem.to_string())?;
        check(token, &signers, EXPECTED).map_err(|problem| problem.to_string())
    }

    #[test]
    fn a_good_token_is_taken() {
        let signer = Signer::new();
        let keys = [signer.jwk("a")];
        assert_eq!(verdict(&signer.token(&json!({})), &keys).unwrap()["sub"], "1");
        let several = json!({"aud": ["perch", "other"], "azp": "perch"});
        assert!(verdict(&signer.token(&several), &keys).is_ok());
        let skewed = json!({"exp": get_current_timestamp() - 30, "iat": get_current_timestamp() + 30});
        assert!(verdict(&signer.token(&skewed), &keys).is_ok(), "clocks differ a little");
        // One of several keys without names.
        let nameless = signer.sign(
            &json!({"alg": "ES256"}),
            &Value::Object(verdict(&signer.token(&json!({})), &keys).unwrap()),
        );
        assert!(verdict(&nameless, &[Signer::new().jwk("b"), signer.jwk("a")]).is_ok());
    }

    #[test]
    fn every_other_token_is_refused_with_its_reason() {
        let signer = Signer::new();
        let keys = [signer.jwk("a")];
        let now = get_current_timestamp();
        for (change, reason) in [
            (json!({"iss": "https://evil.example"}), "somebody else made it"),
            (json!({"iss": ["https://login.example.org", "https://evil.example"]}), "somebody else made it"),
            (json!({"iss": null}), "something is missing"),
            (json!({"aud": "other"}), "made for somebody else"),
            (json!({"aud": ["perch", "other"]}), "made for somebody else"),
            (json!({"azp": "other"}), "made for somebody else"),
            (json!({"aud": null}), "something is missing"),
            (json!({"nonce": "n-2"}), "another sign-in"),
            (json!({"nonce": null}), "another sign-in"),
            (json!({"exp": now - 120}), "expired"),
            (json!({"exp": (now + 300).to_string()}), "something is missing"),
            (json!({"exp": null}), "something is missing"),
            (json!({"nbf": now + 600}), "not valid yet"),
            (json!({"iat": now + 600}), "from the future"),
            (json!({"iat": null}), "no time"),
            (json!({"sub": null}), "something is missing"),
        ] {
            let said = verdict(&signer.token(&change), &keys).unwrap_err();
            assert!(said.contains(reason), "{change}: {said}");
        }
    }

    #[test]
    fn only_the_providers_own_keys_count() {
        let (signer, other) = (Signer::new(), Signer::new());
        let keys = [signer.jwk("a")];
        let said = verdict(&other.token(&json!({})), &keys).unwrap_err();
        assert!(said.contains("no key of the provider's"), "{said}");
        let good = signer.token(&json!({}));
        let (head, _) = good.rsplit_once('.').unwrap();
        for torn in
            [head.to_owned(), format!("{head}."), format!("{head}.AAAA"), String::new(), "a.b.c".into()]
        {
            assert!(verdict(&torn, &keys).is_err(), "{torn}");
        }
        let claims = Value::Object(verdict(&good, &keys).unwrap());
        for algorithm in ["none", "None", "HS256", "HS512", "ES384", "RS256"] {
            let token = signer.sign(&json!({"alg": algorithm, "kid": "a"}), &claims);
            assert!(verdict(&token, &keys).is_err(), "{algorithm}");
        }
        let unknown = signer.sign(&json!({"alg": "ES256", "kid": "b"}), &claims);
        assert!(signers(&unknown, &keys).unwrap().is_empty(), "the keys are to be read again");
    }
}
