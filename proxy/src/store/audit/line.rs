//! One line of `audit.jsonl`.

use perch_shared::api::{Record, SnapshotId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What the first line names as the line before it: 64 zeros.
pub(crate) const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One line of `audit.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Line {
    /// What was done.
    #[serde(flatten)]
    pub(crate) record: Record,
    /// The lists of edits, with names in place of secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) lists: Vec<Vec<Value>>,
    /// Where the lists are, when they are too long for the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) lists_in: Option<SnapshotId>,
    /// What a crash left of the line before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) torn: Option<Torn>,
    /// Lines that were removed because they were old.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pruned: Option<Pruned>,
    /// The SHA-256 of the line before, without its line feed.
    pub(crate) previous: String,
}

/// What a crash left of a line; it stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Torn {
    /// How many bytes it has.
    pub(crate) bytes: u64,
    /// Their SHA-256.
    pub(crate) hash: String,
}

/// The lines that were removed because they were old: all up to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pruned {
    /// The sequence number of the last one.
    pub(crate) sequence: u64,
    /// Its hash.
    pub(crate) hash: String,
}

/// The first line of a file from which lines were removed. A later line says the same within the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Marker {
    /// What was removed.
    pub(crate) pruned_up_to: Pruned,
}

/// What is known of the last line besides the line itself: `audit.head`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    /// Its sequence number.
    pub(crate) sequence: u64,
    /// Its hash.
    pub(crate) hash: String,
}

/// A line's hash, for the `previous` of the next one.
pub(crate) fn hash(line: &[u8]) -> String {
    crate::store::durable::hex(&Sha256::digest(line))
}

impl Line {
    /// A line with a record and nothing else.
    pub(crate) fn of(record: Record) -> Self {
        Self {
            record,
            lists: Vec::new(),
            lists_in: None,
            torn: None,
            pruned: None,
            previous: NOTHING.to_owned(),
        }
    }
}
