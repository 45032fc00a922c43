//! A change under way, as it stands in its file: all that is needed to finish it, or to put back what was there.

use perch_shared::{
    Family,
    api::{ChangeId, Kind, Moment, Outcome, Phase, ServerId, SnapshotId, Who},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A list of edits as it is kept: in words, by the objects it touches, and as JSON with its secrets sealed.
/// [`Archive::seal`](super::Archive::seal) makes it, [`Archive::unseal`](super::Archive::unseal) gives the edits back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct EditList {
    /// Each edit in one sentence.
    pub sentences: Vec<String>,
    /// The objects that the edits touch, as a difference names them.
    pub touches: Vec<String>,
    /// The edits as JSON, with names in place of secrets.
    pub edits: Vec<Value>,
}

/// Something that is about to be done to Kea.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Intent {
    /// Its name.
    pub id: ChangeId,
    /// When it began: UTC as RFC 3339, with milliseconds.
    pub time: String,
    /// Whose it is.
    #[serde(flatten)]
    pub plan: IntentPlan,
    /// The steps that were taken, in order. They stand below the rest, one a line.
    #[serde(skip)]
    pub steps: Vec<Step>,
}

/// What is decided before Kea is touched.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct IntentPlan {
    /// Who wants it.
    pub who: Who,
    /// What kind of thing it is.
    pub kind: Kind,
    /// What the operator wrote about it.
    #[serde(default)]
    pub comment: String,
    /// The earlier change that it belongs to.
    #[serde(default)]
    pub of: Option<ChangeId>,
    /// The snapshot that it brings back.
    #[serde(default)]
    pub snapshot: Option<SnapshotId>,
    /// The lists of edits, each once however many targets it goes to.
    pub lists: Vec<EditList>,
    /// Where it goes to.
    pub targets: Vec<Target>,
}

/// One daemon that a change goes to. Holds no address: the inventory says how the server is reached now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Target {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// Which of the lists of edits goes here, from 0.
    pub list: usize,
    /// What the daemon runs before: read, hashed and kept.
    pub before: Moment,
    /// The configuration that is sent, or that the commands sent lead to. Its hash is known only where Kea's can be
    /// foretold.
    pub meant: Moment,
}

/// One step on one target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// Which of the targets, from 0.
    pub target: usize,
    /// The step.
    pub phase: Phase,
    /// How it ended here; with [`Phase::Done`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What was read back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Moment>,
    /// What happened, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What recovery needs beyond that, such as which scopes were lent to whom. Must not hold a secret.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub data: Value,
}

impl Step {
    /// A step of a target.
    pub const fn new(target: usize, phase: Phase) -> Self {
        Self { target, phase, outcome: None, read: None, text: String::new(), data: Value::Null }
    }

    /// All is done on this target.
    pub fn done(target: usize, outcome: Outcome) -> Self {
        Self { outcome: Some(outcome), ..Self::new(target, Phase::Done) }
    }

    /// Adds what was read back.
    #[must_use]
    pub fn read(mut self, hash: Option<String>, snapshot: Option<SnapshotId>) -> Self {
        self.read = Some(Moment { hash, snapshot });
        self
    }

    /// Adds what happened, for people.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Adds what recovery needs. Must not hold a secret.
    #[must_use]
    pub fn data(mut self, data: Value) -> Self {
        self.data = data;
        self
    }
}

impl Intent {
    /// The edits that go to a target.
    pub fn list(&self, target: &Target) -> Option<&EditList> {
        self.plan.lists.get(target.list)
    }

    /// The steps of one target, in order.
    pub fn steps_of(&self, target: usize) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps.iter().filter(move |step| step.target == target)
    }

    /// The last step of one target; `None`: nothing was begun there.
    pub fn last(&self, target: usize) -> Option<&Step> {
        self.steps_of(target).next_back()
    }

    /// What was last read back from a target.
    pub fn read(&self, target: usize) -> Option<&Moment> {
        self.steps_of(target).rev().find_map(|step| step.read.as_ref())
    }

    /// How it ended on a target; `None`: it has not.
    pub fn outcome(&self, target: usize) -> Option<Outcome> {
        self.last(target).and_then(|step| step.outcome)
    }
}
