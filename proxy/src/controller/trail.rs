//! What is written down about a change under way: enough to finish it, or to put back what was there.

use super::{
    apply::{Absentee, Order},
    journal::Fault,
    member::{Member, Runs},
};
use crate::{
    error::ApiError,
    store::{Archive, IntentPlan, KeepError, Phase, Step as Mark, Target},
};
use futures_util::future::try_join_all;
use perch_shared::api::{ChangeId, Moment, Outcome, TargetReport};
use serde_json::Value;
use std::sync::Arc;

/// The way of one change on disk.
#[derive(Debug)]
pub(super) struct Trail {
    archive: Arc<Archive>,
    id: ChangeId,
}

impl Trail {
    /// Keeps a copy of what every member runs, and writes down what is about to be done. Nothing may be sent to Kea
    /// that could change it before this has returned.
    pub(super) async fn begin(
        archive: Arc<Archive>,
        order: &Order,
        members: &[Member],
        absent: &[Absentee],
    ) -> Result<Self, KeepError> {
        let lists = order.lists.iter().enumerate().map(|(list, edits)| {
            let planned = members.iter().find(|member| member.list == list);
            archive.seal(planned.map_or(edits, |member| &member.plan.edits))
        });
        let lists = lists.collect::<Result<Vec<_>, _>>()?;
        let copies = members.iter().map(|member| &member.now);
        let copies = copies.map(|now| archive.snapshots.keep(&now.config, Some(&now.hash)));
        let copies = try_join_all(copies).await?;
        let mut targets: Vec<(usize, Target)> = Vec::new();
        for (member, copy) in members.iter().zip(copies) {
            let before = Moment { hash: Some(member.now.hash.clone()), snapshot: Some(copy) };
            let (server, family) = (member.daemon.server.clone(), member.daemon.family);
            let meant = Moment::default();
            targets.push((member.index, Target { server, family, list: member.list, before, meant }));
        }
        for absentee in absent {
            let (server, family) = (absentee.target.daemon.server.clone(), absentee.target.daemon.family);
            let (before, meant) = (Moment::default(), Moment::default());
            let list = absentee.target.list;
            targets.push((absentee.index, Target { server, family, list, before, meant }));
        }
        targets.sort_by_key(|(index, _)| *index);
        let plan = IntentPlan {
            who: order.who.clone(),
            kind: order.kind,
            comment: order.comment.clone(),
            of: order.of.clone(),
            snapshot: order.snapshot.clone(),
            lists,
            targets: targets.into_iter().map(|(_, target)| target).collect(),
        };
        let trail = Self { id: archive.begin(plan).await?, archive };
        let missed = |absentee: &Absentee| Mark::done(absentee.index, Outcome::Pending);
        if !absent.is_empty() {
            trail.archive.intents.steps(&trail.id, absent.iter().map(missed).collect()).await?;
        }
        Ok(trail)
    }

    /// The way of a change that was begun by an earlier run of Perch.
    pub(super) const fn again(archive: Arc<Archive>, id: ChangeId) -> Self {
        Self { archive, id }
    }

    pub(super) const fn id(&self) -> &ChangeId {
        &self.id
    }

    /// Writes a step down before Kea is touched by it.
    pub(super) async fn step(&self, target: usize, phase: Phase, data: Value) -> Result<(), Fault> {
        let step = self.archive.intents.step(&self.id, Mark::new(target, phase).data(data));
        step.await.map_err(|error| Fault::Storage(error.to_string()))
    }

    /// Writes a step down of a change that has begun: what fails here must not end it half-way.
    pub(super) async fn note(&self, mark: Mark) {
        if let Err(error) = self.archive.intents.step(&self.id, mark).await {
            tracing::error!(%error, "cannot write down how far a change has come");
        }
    }

    /// Keeps what a member runs now, unless it was kept already.
    pub(super) async fn copy(&self, member: &mut Member) {
        let (Runs::After(hash), Some(shows), None) = (&member.runs, &member.shows, &member.copy) else {
            return;
        };
        match self.archive.snapshots.keep(shows, Some(hash)).await {
            Ok(copy) => member.copy = Some(copy),
            Err(error) => tracing::error!(%error, "cannot keep what a daemon runs now"),
        }
    }

    /// Leaves it open, to be settled later.
    pub(super) async fn leave(&self, ends: Vec<Mark>) {
        if let Err(error) = self.archive.intents.steps(&self.id, ends).await {
            tracing::error!(%error, "cannot write down how far a change has come");
        }
    }

    /// Closes it: how it ended at every target is written down, and it becomes a line in the history. What cannot be
    /// written now is written at the next start.
    pub(super) async fn close(&self, ends: Vec<Mark>, outcome: Outcome) {
        let closed = async {
            self.archive.intents.steps(&self.id, ends).await?;
            self.archive.finish(&self.id, outcome).await
        };
        if let Err(error) = closed.await {
            tracing::error!(%error, "cannot write the history");
        }
    }
}

/// The last step of a member.
pub(super) fn end(member: &Member) -> Mark {
    let mark = Mark::done(member.index, member.outcome()).text(said(&member.journal.0));
    match &member.runs {
        Runs::After(hash) => mark.read(Some(hash.clone()), member.copy.clone()),
        _ => mark.read(member.journal.0.hash.clone(), None),
    }
}

/// What went wrong, for the history.
pub(super) fn said(report: &TargetReport) -> String {
    let failed = report.steps.iter().find(|step| !step.done);
    failed.map(|step| step.text.clone()).unwrap_or_default()
}

/// A change that could not be written down is not carried out.
pub(super) fn not_kept(error: KeepError) -> ApiError {
    super::outcome::nothing_changed(error.into())
}
