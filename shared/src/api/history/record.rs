//! What the history keeps of one change.

use super::{ChangeId, SnapshotId};
use crate::{Family, api::ServerId};
use serde::{Deserialize, Serialize};

/// The way somebody came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// The page in a browser.
    #[default]
    Page,
    /// A token of a script.
    Token,
    /// Perch's command line.
    Cli,
    /// Nobody: Perch itself, such as at its start.
    Perch,
}

/// Who did it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Who {
    /// The user's name; empty where nobody has to sign in.
    pub user: String,
    /// The way they came.
    pub via: Via,
}

/// What kind of thing was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A list of edits.
    #[default]
    Change,
    /// The undoing of an earlier change; `of` names it.
    Undo,
    /// A snapshot brought back; `snapshot` names it.
    Restore,
    /// What a target had missed; `of` names the change.
    CatchUp,
    /// What an earlier run of Perch had left open; `of` names the change.
    Recovery,
    /// A command forwarded to Kea that may change something.
    Command,
    /// A daemon read its file again.
    Reload,
    /// Somebody else than this Perch changed a configuration.
    External,
    /// Perch's list of servers.
    Inventory,
    /// Somebody signed in or out, or tried to.
    SignIn,
    /// Perch's users and tokens.
    Users,
    /// Perch's own files: lines pruned, a torn line closed off.
    Files,
}

impl Kind {
    /// Whether it changes configurations by edits, so that it has a difference and can be undone.
    pub const fn has_edits(self) -> bool {
        matches!(self, Self::Change | Self::Undo | Self::Restore | Self::CatchUp | Self::Recovery)
    }
}

/// How something ended, for one target or for the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Done: applied, and written to Kea's file.
    #[default]
    Applied,
    /// Applied, but Kea could not write its file: a restart of Kea loses it.
    AppliedNotWritten,
    /// Applied on some targets; the others could not be reached and are to catch up.
    PartlyPending,
    /// Not applied on this target yet: it could not be reached.
    Pending,
    /// Refused before anything was changed.
    Refused,
    /// Failed, and what was there before runs again, proved by reading it back.
    PutBack,
    /// It is not known: no answer came.
    Unknown,
    /// Failed, and Perch could not put back what was there before.
    Damaged,
}

impl Outcome {
    /// Whether Kea runs what was meant.
    pub const fn is_applied(self) -> bool {
        matches!(self, Self::Applied | Self::AppliedNotWritten)
    }
}

/// How far a change has come on one target. A step is written down *before* Kea is touched by it, so the last one
/// says what may have happened; what `Done` says has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Kea is asked to check it. Nothing has changed.
    Testing,
    /// The scopes are lent to the partner; they are to be taken back.
    Lending,
    /// Kea is about to be changed: from here on it may run either configuration.
    Setting,
    /// Kea has answered with success, and is read back.
    Reading,
    /// Read back: Kea runs what was meant, with this hash. Only its file may be behind.
    Proved,
    /// Kea is about to write its file.
    Writing,
    /// The scopes are about to be taken back from the partner.
    Returning,
    /// What was there before is about to be put back.
    PuttingBack,
    /// All is done here; `outcome` says how it ended.
    Done,
}

impl Phase {
    /// Whether Kea may run another configuration than before once this step was written down.
    pub const fn may_have_changed(self) -> bool {
        !matches!(self, Self::Testing | Self::Lending)
    }
}

/// A configuration at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Moment {
    /// The daemon's hash of it, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// Perch's copy of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<SnapshotId>,
}

/// How it went in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ChangePlace"))]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// The server.
    pub server: ServerId,
    /// The daemon; `None`: the server as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    /// What ran before.
    #[serde(default)]
    pub before: Moment,
    /// What ran afterwards, as far as it is known.
    #[serde(default)]
    pub after: Moment,
    /// How it ended here.
    pub outcome: Outcome,
    /// What happened, where there is more to say: Kea's own words where it answered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Which of the change's lists of edits went here, from 0.
    #[serde(default)]
    pub list: usize,
}

impl Place {
    /// How something ended at a server, or at one of its daemons.
    pub fn new(server: ServerId, family: Option<Family>, outcome: Outcome) -> Self {
        let (before, after) = (Moment::default(), Moment::default());
        Self { server, family, before, after, outcome, text: String::new(), list: 0 }
    }

    /// Adds what happened.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }
}

/// What was done, as the history keeps it. Holds no secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Record {
    /// Counts from 1 without a gap.
    pub sequence: u64,
    /// Its name.
    pub id: ChangeId,
    /// When it began: UTC as RFC 3339, with milliseconds. The clock may have been set back since the line before.
    pub time: String,
    /// Who did it.
    pub who: Who,
    /// What kind of thing it is.
    pub kind: Kind,
    /// What was done: one sentence each, without a stop.
    pub sentences: Vec<String>,
    /// How many more sentences there are than `sentences` holds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: usize,
    /// The objects that it touches, as a difference names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub touches: Vec<String>,
    /// Where, and how it went there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// What the operator wrote about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// The earlier change that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<ChangeId>,
    /// The snapshot that it brings back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<SnapshotId>,
    /// How it ended as a whole.
    pub outcome: Outcome,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}
