//! One line of `audit.jsonl`.

use perch_shared::api::{ChangeId, ChangeStep, Kind, Outcome, Record, SnapshotId, Via, Who};
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
    /// What else there is to a change.
    #[serde(flatten)]
    pub(crate) details: Details,
    /// Where that is, when it is too long for the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) details_in: Option<SnapshotId>,
    /// What a crash left of the line before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) torn: Option<Torn>,
    /// Lines that were removed because they were old.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pruned: Option<Pruned>,
    /// The SHA-256 of the line before, without its line feed.
    pub(crate) previous: String,
}

/// What there is to a change besides its record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Details {
    /// The lists of edits, with names in place of secrets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) lists: Vec<Vec<Value>>,
    /// The steps that were taken, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) steps: Vec<ChangeStep>,
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
            details: Details::default(),
            details_in: None,
            torn: None,
            pruned: None,
            previous: NOTHING.to_owned(),
        }
    }
}

/// A record of something that Perch itself did to the history.
pub(super) fn own(id: ChangeId, time: String, sentence: String) -> Record {
    Record {
        sequence: 0,
        id,
        time,
        who: Who { user: String::new(), via: Via::Perch },
        kind: Kind::Files,
        sentences: vec![sentence],
        more: 0,
        touches: Vec::new(),
        places: Vec::new(),
        comment: String::new(),
        of: None,
        snapshot: None,
        outcome: Outcome::Applied,
        duration_ms: 0,
    }
}
