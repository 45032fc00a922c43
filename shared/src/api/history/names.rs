//! The names of changes and snapshots.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A change's name in addresses and files, such as `20261124-031500-042-9f3a`: the time it began (UTC) and four
/// digits by chance. A later change of the same Perch always has a greater one, even where the clock was set back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", try_from = "String")]
pub struct ChangeId(String);

/// A snapshot's name: the SHA-256 of its content as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "String", try_from = "String")]
pub struct SnapshotId(String);

/// The text does not name a change or a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Not a change.
    #[error("a change's id is 1 to 40 of a to z, 0 to 9 and -")]
    Change,
    /// Not a snapshot.
    #[error("a snapshot's id is 64 hexadecimal digits in lower case")]
    Snapshot,
}

impl ChangeId {
    /// Checks the text.
    ///
    /// # Errors
    /// When it is not 1 to 40 of `a`–`z`, `0`–`9` and `-`.
    pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
        let text = text.into();
        let valid = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let fits = (1..=40).contains(&text.len()) && text.bytes().all(valid);
        if fits { Ok(Self(text)) } else { Err(NameError::Change) }
    }
}

impl SnapshotId {
    /// Checks the text.
    ///
    /// # Errors
    /// When it is not 64 lower-case hexadecimal digits.
    pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
        let text = text.into();
        let valid = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let fits = text.len() == 64 && text.bytes().all(valid);
        if fits { Ok(Self(text)) } else { Err(NameError::Snapshot) }
    }
}

/// What both names have in common.
macro_rules! name {
    ($name:ident) => {
        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NameError;

            fn from_str(text: &str) -> Result<Self, NameError> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;

            fn try_from(text: String) -> Result<Self, NameError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    };
}
name!(ChangeId);
name!(SnapshotId);
