//! Kea's version numbers.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A Kea version such as 2.6.3. Odd minor numbers are development releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", try_from = "String")]
pub struct KeaVersion {
    /// First number.
    pub major: u16,
    /// Second number.
    pub minor: u16,
    /// Third number.
    pub patch: u16,
}

impl KeaVersion {
    /// The oldest version that Perch supports.
    pub const OLDEST: Self = Self::new(2, 2, 0);

    /// The versions for which a configuration can be judged, one of each stable series: the newest that was compared
    /// with the daemon itself, where there was one.
    pub const SUPPORTED: [Self; 5] =
        [Self::OLDEST, Self::new(2, 4, 1), Self::new(2, 6, 3), Self::new(3, 0, 4), Self::new(3, 2, 0)];

    /// Its series, such as `2.6`.
    pub fn series(self) -> String {
        format!("{}.{}", self.major, self.minor)
    }

    /// Builds a version from its three numbers.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// Whether `option-data` may have `never-send` (Kea ≥ 2.4).
    pub fn has_never_send(self) -> bool {
        self >= Self::new(2, 4, 0)
    }
}

impl fmt::Display for KeaVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl From<KeaVersion> for String {
    fn from(version: KeaVersion) -> Self {
        version.to_string()
    }
}

/// The text does not begin with three numbers joined by dots.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a Kea version such as 2.6.3")]
pub struct ParseVersionError(String);

impl FromStr for KeaVersion {
    type Err = ParseVersionError;

    /// Reads the number that begins `text`; what follows it (`-git`, ` (tarball)`) is ignored.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseVersionError(text.to_owned());
        let number = text.trim().split(|c: char| c != '.' && !c.is_ascii_digit()).next().ok_or_else(error)?;
        let mut parts = number.split('.').map(str::parse::<u16>);
        let mut next = || parts.next().and_then(Result::ok).ok_or_else(error);
        Ok(Self::new(next()?, next()?, next()?))
    }
}

impl TryFrom<String> for KeaVersion {
    type Error = ParseVersionError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_version_get_prints() {
        for (text, expected) in [
            ("2.2.0", KeaVersion::new(2, 2, 0)),
            ("3.0.4 (3.0.4 (tarball))", KeaVersion::new(3, 0, 4)),
            ("3.3.1-git", KeaVersion::new(3, 3, 1)),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        for text in ["", "Kea", "2.6", "2.6.x", "99999.0.0"] {
            assert!(text.parse::<KeaVersion>().is_err(), "{text}");
        }
    }

    #[test]
    fn orders_by_number_not_by_text() {
        assert!(KeaVersion::new(2, 10, 0) > KeaVersion::new(2, 9, 9));
    }
}
