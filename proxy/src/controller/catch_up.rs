//! What a daemon missed because it did not answer, and catching up with it.

use super::{
    Controller, Daemon,
    apply::{Order, Target},
    journal::Journal,
};
use crate::{error::ApiError, store::MissedChange};
use perch_shared::{
    KeaVersion,
    api::{ApplyReport, ChangeId, Conflict, ErrorCode, Kind, Missed, Outcome, Who},
    change::{self, Edit},
    config::Config,
};

impl Controller {
    /// What daemons have missed, the oldest first.
    pub fn missed(&self) -> Vec<Missed> {
        let shown = |one: MissedChange| Missed {
            server: one.server,
            family: one.family,
            of: one.of,
            who: one.who,
            time: one.time,
            comment: one.comment,
            edits: one.list.sentences,
        };
        self.archive.missed.all().into_iter().map(shown).collect()
    }

    /// Carries out what a daemon has missed, as one change. What is there already is left as it is. Once begun it must
    /// not be dropped: run it as a task of its own.
    ///
    /// # Errors
    /// Those of [`Self::apply`], and 404 when it has missed nothing.
    pub async fn catch_up(
        &self,
        who: Who,
        daemon: Daemon,
        helpers: Vec<(usize, Daemon)>,
    ) -> Result<ApplyReport, ApiError> {
        let missed = self.missed_by(&daemon);
        let Some(last) = missed.last() else { return Err(nothing_missed(&daemon)) };
        let now = self.read(&daemon).await?;
        let edits = self.left(&missed, now.config, now.version)?;
        let comment = "Catches up with what was missed.".to_owned();
        let order = Order {
            who,
            kind: Kind::CatchUp,
            comment,
            of: Some(last.of.clone()),
            lists: vec![edits.into()],
            helpers,
            ..Order::default()
        };
        let report = if order.lists.iter().all(|edits| edits.is_empty()) {
            let mut journal = Journal::new(&daemon);
            journal.0.outcome = Outcome::Applied;
            journal.0.hash = Some(now.hash);
            ApplyReport { id: None, outcome: Outcome::Applied, targets: vec![journal.0] }
        } else {
            let target = Target { daemon: daemon.clone(), based_on: Some(now.hash), list: 0 };
            self.apply(vec![target], &order).await?
        };
        self.forget(&daemon, missed).await?;
        Ok(report)
    }

    /// Forgets what a daemon has missed.
    ///
    /// # Errors
    /// 404 when it has missed nothing; when the file cannot be written.
    pub async fn forget_missed(&self, daemon: &Daemon) -> Result<(), ApiError> {
        let missed = self.missed_by(daemon);
        if missed.is_empty() { Err(nothing_missed(daemon)) } else { self.forget(daemon, missed).await }
    }

    async fn forget(&self, daemon: &Daemon, missed: Vec<MissedChange>) -> Result<(), ApiError> {
        let which: Vec<ChangeId> = missed.into_iter().map(|one| one.of).collect();
        Ok(self.archive.missed.forget(daemon.server.clone(), daemon.family, which).await?)
    }

    fn missed_by(&self, daemon: &Daemon) -> Vec<MissedChange> {
        let mut missed = self.archive.missed.all();
        missed.retain(|one| one.is_of(&daemon.server, daemon.family));
        missed
    }

    /// The edits that are still to be carried out.
    fn left(
        &self,
        missed: &[MissedChange],
        mut config: Config,
        version: KeaVersion,
    ) -> Result<Vec<Edit>, ApiError> {
        let mut left = Vec::new();
        for one in missed {
            let edits = self.archive.unseal(&one.list)?;
            match change::plan(&config, version, &edits) {
                Ok(planned) => {
                    config = planned.expected();
                    left.extend(edits);
                }
                Err(_) if change::missing(&config, &edits).is_empty() => {}
                Err(conflicts) => return Err(conflict(conflicts)),
            }
        }
        Ok(left)
    }
}

fn conflict(conflicts: Vec<Conflict>) -> ApiError {
    ApiError::new(ErrorCode::Conflict, "What was missed does not fit what the daemon has now.")
        .help(
            "Nothing was changed. Look at both sides, change by hand what you want, and have Perch forget what was \
             missed.",
        )
        .with(|body| body.conflicts = conflicts)
}

fn nothing_missed(daemon: &Daemon) -> ApiError {
    ApiError::new(ErrorCode::NotFound, format!("{} has missed nothing.", daemon.title()))
}
