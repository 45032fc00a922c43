//! How the value of one key is read.

use std::{net::SocketAddr, path::PathBuf, time::Duration};
use toml::de::DeValue;

/// Why a value is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub help: String,
}

impl Wrong {
    /// A value that is wrong, and what to do about it.
    pub fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: help.into() }
    }

    fn kind(value: &DeValue<'_>, expected: &str, example: &str) -> Self {
        Self::new(
            format!("expected {expected}, found {}", value.type_str()),
            format!("write for example {example}"),
        )
    }
}

/// A value that stands in the settings file.
pub trait Setting: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// When it has another type or is not acceptable.
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong>;
}

impl Setting for String {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let text = value.as_str().ok_or_else(|| Wrong::kind(value, "a text", "\"…\""))?;
        if text.trim().is_empty() {
            return Err(Wrong::new("the text is empty", "write something, or leave the key out"));
        }
        Ok(text.to_owned())
    }
}

/// A host's name, without scheme, port or path.
pub struct HostName(pub String);

impl Setting for HostName {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let text = String::read(value)?;
        if text.contains(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c)) {
            let help = "write the name alone, such as `perch.example.org`: no scheme, no port";
            return Err(Wrong::new(format!("`{text}` is not a host name"), help));
        }
        Ok(Self(text))
    }
}

impl<T: Setting> Setting for Vec<T> {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let items = value.as_array().ok_or_else(|| Wrong::kind(value, "a list of texts", "[\"…\"]"))?;
        items.iter().map(|item| T::read(item.get_ref())).collect()
    }
}

impl Setting for PathBuf {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        String::read(value).map(Self::from)
    }
}

impl Setting for SocketAddr {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        listen(&String::read(value)?)
    }
}

/// Reads `ADDRESS:PORT`; `localhost` is understood as 127.0.0.1.
///
/// # Errors
/// When the text is something else.
pub fn listen(text: &str) -> Result<SocketAddr, Wrong> {
    let numeric = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    numeric.as_deref().unwrap_or(text).parse().ok().ok_or_else(|| {
        Wrong::new(
            format!("`{text}` is not an IP address and a port"),
            "write `127.0.0.1:8080` or `[::1]:8080`",
        )
    })
}

impl Setting for u64 {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let number = value.as_integer().ok_or_else(|| Wrong::kind(value, "a whole number", "1000"))?;
        let number = Self::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| *number > 0);
        number.ok_or_else(|| Wrong::new("the number must be greater than 0", "write for example 1000"))
    }
}

/// Seconds, with or without a fraction: more than 0, at most a day.
impl Setting for Duration {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let text = match (value.as_integer(), value.as_float()) {
            (Some(number), _) => number.as_str(),
            (None, Some(number)) => number.as_str(),
            (None, None) => return Err(Wrong::kind(value, "a number of seconds", "30")),
        };
        let seconds = text.parse::<f64>().ok().filter(|seconds| (0.001..=86_400.0).contains(seconds));
        seconds.and_then(|seconds| Self::try_from_secs_f64(seconds).ok()).ok_or_else(|| {
            Wrong::new("the seconds must be more than 0 and at most 86400", "write for example 30")
        })
    }
}
