//! Why somebody could not sign in with OpenID Connect, in words with a remedy. None holds a secret.

use crate::kea::Fault;
use perch_shared::api::OpenIdFailure;
use std::time::Duration;

/// Why the provider gave no answer that can be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreached {
    /// No connection.
    #[error(transparent)]
    Connection(#[from] Fault),
    /// No answer in time.
    #[error("no whole answer within {} s", .0.as_secs())]
    Slow(Duration),
    /// Something else than HTTP, or a broken connection.
    #[error("the connection broke, or what answers does not speak HTTP")]
    Http,
    /// An answer that is none.
    #[error("it answers with the HTTP status {0}")]
    Status(u16),
    /// An answer of another form.
    #[error("its answer is not what OpenID Connect says")]
    Form,
}

/// Why somebody could not sign in.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The provider is down, or is none.
    #[error("The provider {0} does not answer as it should: {1}.")]
    Down(String, String),
    /// What answers calls itself something else.
    #[error("The provider calls itself `{found}`, not `{expected}`.")]
    OtherIssuer {
        /// What `issuer` says.
        expected: String,
        /// What it says itself.
        found: String,
    },
    /// An endpoint that is not encrypted.
    #[error("The provider names an address that is not encrypted.")]
    Unprotected,
    /// The browser comes back from something that it did not begin.
    #[error("This sign-in was not begun in this browser, or it took longer than ten minutes.")]
    NotBegun,
    /// The provider says no.
    #[error("The provider did not sign you in: {0}.")]
    Refused(String),
    /// The provider does not give a token.
    #[error("The provider does not accept Perch: {0}.")]
    NoToken(String),
    /// The token has expired, or is not valid yet.
    #[error("The provider's answer {0} by the clock of Perch's machine.")]
    Clock(&'static str),
    /// The token is not one for Perch, or not the provider's.
    #[error("The provider's answer cannot be trusted: {0}.")]
    Untrusted(&'static str),
    /// The claim that names the user is missing.
    #[error("The provider does not say who you are: its answer has no `{0}`.")]
    Nameless(String),
    /// The name is none for Perch.
    #[error("The provider calls you `{0}`, which is no name for Perch.")]
    BadName(String),
    /// The address is not proved to be theirs.
    #[error("The provider says that your address is not proved to be yours.")]
    Unproved,
    /// Nothing gives them a role.
    #[error("You signed in as `{0}`, but nothing gives you a role here.")]
    NoRole(String),
    /// Perch's own mistake.
    #[error("Perch could not begin a session.")]
    Internal,
}

impl Problem {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Down(..) => {
                "Try again in a moment, or sign in with a password. If it stays so, `issuer` below `[oidc]` in \
                 perch.toml may be wrong, or Perch's machine does not reach it."
            }
            Self::OtherIssuer { .. } => {
                "Write its own name as `issuer` below `[oidc]` in perch.toml, to the letter, and restart Perch."
            }
            Self::Unprotected => "The provider has to be set up to name `https://` addresses.",
            Self::NotBegun => "Begin again here. The browser must keep cookies.",
            Self::Refused(_) => "Begin again; if you may not use Perch, ask whoever runs the provider.",
            Self::NoToken(_) => {
                "Compare `client-id`, the client secret and `public-url` below `[oidc]` in perch.toml with what the \
                 provider knows of Perch."
            }
            Self::Clock(_) => {
                "Set the clocks of Perch's machine and of the provider's (NTP), then begin again."
            }
            Self::Untrusted(_) => {
                "Begin again. If it stays so, `issuer` and `client-id` below `[oidc]` in perch.toml may be those of \
                 something else."
            }
            Self::Nameless(_) => {
                "Let the provider give this claim to Perch, or name another one as `user-claim` below `[oidc]` in \
                 perch.toml; `scopes` says what is asked for."
            }
            Self::BadName(_) => {
                "A name is 1 to 64 letters, digits, and `.`, `_`, `-`, `@`, `+`. Name another claim as `user-claim` \
                 below `[oidc]` in perch.toml."
            }
            Self::Unproved => "Confirm your address with the provider, then begin again.",
            Self::NoRole(_) => {
                "Ask an administrator to add you to Perch's users under this name, or to a group that `[oidc]` in \
                 perch.toml gives a role."
            }
            Self::Internal => "Try again; Perch's log says more.",
        }
    }

    /// What the page shows.
    pub fn view(&self) -> OpenIdFailure {
        OpenIdFailure { message: self.to_string(), help: self.help().to_owned() }
    }

    /// Whom the provider has vouched for, and Perch refuses; `None`: anybody may have made this happen.
    pub fn who(&self) -> Option<&str> {
        match self {
            Self::NoRole(name) => Some(name),
            Self::BadName(_) | Self::Nameless(_) | Self::Unproved => Some("somebody unknown"),
            _ => None,
        }
    }
}

/// The provider's own words, short and on one line.
pub(super) fn words(error: &str, about: Option<&str>) -> String {
    let clean = |text: &str| -> String {
        text.chars().filter(|letter| !letter.is_control() && *letter != '`').take(200).collect()
    };
    match about.map(clean).filter(|about| !about.is_empty()) {
        Some(about) => format!("`{}` ({})", clean(error), about.trim_end_matches('.')),
        None => format!("`{}`", clean(error)),
    }
}
