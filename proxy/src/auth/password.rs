//! Passwords: which are acceptable, and the argon2id hashes that are kept of them.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use serde::{Deserialize, Serialize};
use std::{fmt, sync::LazyLock};

/// The shortest password in characters (NIST SP 800-63B asks for 8 at least; nothing here is a second factor).
pub const SHORTEST: usize = 12;
/// The longest in bytes.
pub const LONGEST: usize = 1024;

/// OWASP's smallest parameters for argon2id: 19 MiB, two passes, one lane (Password Storage Cheat Sheet).
fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// An argon2id hash in PHC form, with its parameters and its salt.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Hashed(String);

/// Why there is no hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// It is too short.
    #[error(
        "the password has {0} characters\n  help: choose one of at least {SHORTEST}; a few words do well"
    )]
    Short(usize),
    /// It is too long.
    #[error("the password is longer than {LONGEST} bytes\n  help: choose a shorter one")]
    Long,
    /// It is the user's name.
    #[error("the password is the user's name\n  help: choose another one")]
    Name,
    /// It cannot be hashed.
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
}

impl Hashed {
    /// Hashes a new password of a user.
    ///
    /// # Errors
    /// When the password is not acceptable.
    pub fn new(user: &str, password: &str) -> Result<Self, PasswordError> {
        check(user, password)?;
        hash(password).map_err(PasswordError::Hash)
    }

    /// Whether this is the password's hash. Takes some tens of milliseconds and 19 MiB.
    pub fn matches(&self, password: &str) -> bool {
        let Ok(hash) = PasswordHash::new(&self.0) else { return false };
        password.len() <= LONGEST && argon().verify_password(password.as_bytes(), &hash).is_ok()
    }

    /// What a session keeps of it, to end when the password changes.
    pub fn stamp(&self) -> super::Digest {
        super::Digest::of(&self.0)
    }
}

/// Whether a user may have a password. Takes no time.
///
/// # Errors
/// When it is not acceptable.
pub fn check(user: &str, password: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(PasswordError::Short(length));
    }
    if password.len() > LONGEST {
        return Err(PasswordError::Long);
    }
    if password.eq_ignore_ascii_case(user) {
        return Err(PasswordError::Name);
    }
    Ok(())
}

fn hash(password: &str) -> Result<Hashed, String> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| error.to_string())?;
    let salt = SaltString::encode_b64(&salt).map_err(|error| error.to_string())?;
    let hash = argon().hash_password(password.as_bytes(), &salt).map_err(|error| error.to_string())?;
    Ok(Hashed(hash.to_string()))
}

/// A hash of nothing that anybody knows: looking for somebody who is not there takes as long as for somebody who is.
pub fn nobody() -> Option<&'static Hashed> {
    static NOBODY: LazyLock<Option<Hashed>> = LazyLock::new(|| {
        let secret = super::Secret::random().ok()?;
        hash(secret.expose()).ok()
    });
    NOBODY.as_ref()
}

impl fmt::Debug for Hashed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hashed(…)")
    }
}

impl From<Hashed> for String {
    fn from(hashed: Hashed) -> Self {
        hashed.0
    }
}

impl TryFrom<String> for Hashed {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_argon = PasswordHash::new(&text).is_ok_and(|hash| hash.algorithm.as_str() == "argon2id");
        if is_argon { Ok(Self(text)) } else { Err("a password is kept as an argon2id hash") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_knows_its_password_and_no_other() {
        let hashed = Hashed::new("ada", "correct horse battery").unwrap();
        assert!(hashed.matches("correct horse battery"));
        assert!(!hashed.matches("correct horse batterz") && !hashed.matches(""));
        let text = String::from(hashed.clone());
        assert!(text.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{text}");
        assert_eq!(Hashed::try_from(text), Ok(hashed));
    }

    #[test]
    fn weak_passwords_are_refused() {
        let long = "x".repeat(LONGEST + 1);
        for (password, error) in [
            ("short", PasswordError::Short(5)),
            ("", PasswordError::Short(0)),
            (long.as_str(), PasswordError::Long),
            ("Administrator", PasswordError::Name),
        ] {
            assert_eq!(Hashed::new("administrator", password), Err(error));
        }
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        for text in ["", "hunter2", "$2b$12$abcdefghijklmnopqrstuv", "$argon2id$"] {
            assert!(Hashed::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
