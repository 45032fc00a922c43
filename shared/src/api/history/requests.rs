//! Asking the history, and what it takes to go back.

use super::{ChangeId, Kind, Outcome, Phase, Record, SnapshotId, Who};
use crate::{
    Family,
    api::{Conflict, ServerId, endpoint},
    change::{Difference, Edit},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

endpoint!(
    /// What was done, the latest first. What is asked for stands in the query.
    ListHistory for Filtered, Get, "/api/v1/history", (), HistoryQuery => HistoryPage
);
endpoint!(
    /// One change with its edits, its steps, and what it changed in one place.
    GetChange for Filtered, Get, "/api/v1/history/{id}", (id: ChangeId), ChangeQuery => ChangeView
);
endpoint!(
    /// What it takes to undo a change, on what Kea runs now: to be previewed and applied as a change of its own.
    /// Changes nothing.
    UndoChange for Filtered, Get, "/api/v1/history/{id}/undo", (id: ChangeId), () => Vec<Draft>
);
endpoint!(
    /// The changes under way, and those that an earlier run of Perch has left open.
    ListUnderWay for Filtered, Get, "/api/v1/changes/open", (), () => Vec<UnderWay>
);
endpoint!(
    /// The configurations that Perch kept of a daemon, the latest first.
    ListSnapshots for Viewer, Get, "/api/v1/servers/{id}/daemons/{family}/snapshots", (id: ServerId, family: Family), PageQuery => SnapshotPage
);
endpoint!(
    /// A configuration that Perch kept of a daemon, without its secrets.
    GetSnapshot for Viewer, Get, "/api/v1/servers/{id}/daemons/{family}/snapshots/{snapshot}", (id: ServerId, family: Family, snapshot: SnapshotId), () => SnapshotView
);
endpoint!(
    /// Where two configurations of a daemon differ, of which the second may be what it runs now.
    CompareSnapshots for Viewer, Get, "/api/v1/servers/{id}/daemons/{family}/compare", (id: ServerId, family: Family), CompareQuery => Comparison
);
endpoint!(
    /// What it takes to bring a configuration back, on what Kea runs now: to be previewed and applied as a change of
    /// its own. Changes nothing.
    RestoreSnapshot for Operator, Get, "/api/v1/servers/{id}/daemons/{family}/snapshots/{snapshot}/restore", (id: ServerId, family: Family, snapshot: SnapshotId), () => Draft
);

/// Which records are wanted. What is left out does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct HistoryQuery {
    /// Those of a server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<ServerId>,
    /// Those of a daemon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    /// Those that touch an object or what is in it, as a difference names it: `subnet4[10.0.0.0/8]`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub object: String,
    /// Those of a user.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub user: String,
    /// Those in whose words all these words occur.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Those of a day and later (`2026-11-24`), or of a moment (`2026-11-24T03:15:00Z`); UTC.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Those of a day and earlier, or before a moment; UTC.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// Those that ended so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Those of a kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Those before the one with this sequence number: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::api::query::number")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>"))]
    pub before: Option<u64>,
    /// How many at most, from 1 to 500; default 50.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::api::query::number")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>"))]
    pub limit: Option<u64>,
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct HistoryPage {
    /// The records, the latest first. Of long ones the first sentences and objects only.
    pub records: Vec<Record>,
    /// Where the next page goes on; `None`: there is no more. A page may be short, and even empty, although there is
    /// more: it ends where enough was searched through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
    /// What was wrong with the history when Perch started, such as an altered line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<String>,
}

/// Which part of a change is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct ChangeQuery {
    /// The place whose difference is wanted, from 0; default 0.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::api::query::number")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>"))]
    pub place: Option<u64>,
}

/// One change as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ChangeView {
    /// What the history keeps of it.
    pub record: Record,
    /// The lists of edits, with `••••` in place of secrets.
    pub lists: Vec<Vec<Value>>,
    /// The steps that were taken, in order.
    pub steps: Vec<ChangeStep>,
    /// What it changed in the place that was asked for; `None`: Perch has no copy of both sides.
    pub differences: Option<Vec<Difference>>,
    /// Whether it can be undone by edits.
    pub can_undo: bool,
    /// The later changes that belong to it: what undid it, what caught up with it.
    pub later: Vec<Later>,
}

/// A later change that belongs to an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Later {
    /// Its name.
    pub id: ChangeId,
    /// What it is to the earlier one.
    pub kind: Kind,
    /// When it began: UTC as RFC 3339.
    pub time: String,
    /// Who did it.
    pub who: Who,
    /// How it ended.
    pub outcome: Outcome,
}

/// One step of a change in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ChangeStep {
    /// Which of the places, from 0.
    pub place: usize,
    /// Which step.
    pub phase: Phase,
    /// What happened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// A change under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct UnderWay {
    /// Its name.
    pub id: ChangeId,
    /// When it began: UTC as RFC 3339.
    pub time: String,
    /// Whose it is.
    pub who: Who,
    /// What the operator wrote about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// What it does, in words.
    pub sentences: Vec<String>,
    /// How far it has come, in the order of its targets.
    pub targets: Vec<Progress>,
}

/// How far a change has come on one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Progress {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// The last step that was written down; `None`: nothing was begun there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
}

/// A change that nobody has made yet, with what Kea runs now: what a change request needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Draft {
    /// Whom it is for.
    pub targets: Vec<DraftTarget>,
    /// What to change, in order. In place of a secret stands a name that the proxy understands.
    pub edits: Vec<Edit>,
    /// The edits, in words.
    pub sentences: Vec<String>,
}

/// One daemon that a draft is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DraftTarget {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// The hash of what it runs now; `None`: it could not be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<String>,
    /// Why it could not be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// What has been changed since, so that the edits do not fit any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// Which page is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct PageQuery {
    /// What comes before the record with this sequence number: `next` of the page before.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::api::query::number")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>"))]
    pub before: Option<u64>,
    /// How many at most, from 1 to 500; default 50.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "crate::api::query::number")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>"))]
    pub limit: Option<u64>,
}

/// A page of snapshots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SnapshotPage {
    /// The snapshots, the latest first.
    pub snapshots: Vec<SnapshotLine>,
    /// Where the next page goes on; `None`: there is no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// A configuration that Perch kept, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SnapshotLine {
    /// Its name.
    pub snapshot: SnapshotId,
    /// The daemon's hash of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// The change around which it was kept.
    pub change: ChangeId,
    /// When that change began: UTC as RFC 3339.
    pub time: String,
    /// Whose change it was.
    pub who: Who,
    /// Whether it is what ran before that change, not what ran afterwards.
    pub before: bool,
    /// The change's first sentence.
    pub sentence: String,
}

/// A snapshot for people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SnapshotView {
    /// Its name.
    pub snapshot: SnapshotId,
    /// The daemon's hash of it; `None`: it was meant, and not read from a daemon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// The configuration, with `••••` in place of secrets.
    pub config: Value,
}

/// Which configurations are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CompareQuery {
    /// The one before.
    pub from: SnapshotId,
    /// The one after; `None`: what the daemon runs now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<SnapshotId>,
}

/// Where two configurations differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// The daemon's hash of the one after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// Where they differ. A secret is `••••` on both sides.
    pub differences: Vec<Difference>,
}
