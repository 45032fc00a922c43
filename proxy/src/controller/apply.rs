//! Carrying a change out on every target, or on none.

use super::{
    Controller, Daemon, Reading,
    fault::Step,
    journal::{Fault, Journal},
    member::{Member, Runs, Way},
    outcome,
    plan::Plan,
    trail::Trail,
    unit::{Unit, units},
};
use crate::{error::ApiError, kea::RunningConfig, store::AuditLine};
use futures_util::future::join_all;
use perch_shared::{
    api::{Absent, ApplyPhase, ApplyReport, ChangeRequest, ErrorCode, Outcome},
    change::Edit,
};
use std::collections::BTreeSet;

/// One daemon that a change is for.
#[derive(Debug, Clone)]
pub struct Target {
    /// The daemon.
    pub daemon: Daemon,
    /// The hash of the configuration that was seen.
    pub based_on: Option<String>,
}

/// A target that answered, and what it says.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) index: usize,
    pub(super) target: Target,
    pub(super) now: Reading,
    pub(super) commands: BTreeSet<String>,
}

/// What was found at the targets.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) seen: Vec<Seen>,
    /// Those that do not answer: their places and why.
    pub(super) absent: Vec<(usize, Target, ApiError)>,
}

impl Controller {
    /// Carries a change out. Once begun it must not be dropped: run it as a task of its own.
    ///
    /// # Errors
    /// When it could not be carried out; the report inside says how far it came and what runs where now.
    pub async fn apply(
        &self,
        who: &str,
        targets: Vec<Target>,
        request: &ChangeRequest,
    ) -> Result<ApplyReport, ApiError> {
        outcome::refuse_repetition(&targets)?;
        let _alone = self.lock_all(&targets).await;
        let result = self.apply_alone(targets.clone(), request).await;
        self.audit(who, &targets, request, &result).await;
        let _ = self.faults.at(Step::Audited);
        result
    }

    async fn apply_alone(
        &self,
        targets: Vec<Target>,
        request: &ChangeRequest,
    ) -> Result<ApplyReport, ApiError> {
        let step = |step| self.faults.at(step).map_err(|fault| outcome::stopped(&fault.into()));
        step(Step::Locked)?;
        let found = self.find(targets).await.map_err(outcome::nothing_changed)?;
        let absent = found.absent;
        if request.absent == Absent::Wait || found.seen.is_empty() {
            outcome::refuse_absent(&absent)?;
        }
        step(Step::Read)?;
        outcome::refuse_changed(&found.seen)?;
        let mut members = plan(found.seen, &request.edits)?;
        step(Step::Planned)?;
        let way = Way::new(&request.edits, &self.faults, Trail);
        step(Step::Begun)?;
        let tested = join_all(members.iter_mut().map(Member::test)).await;
        if tested.iter().any(Result::is_err) {
            return Err(outcome::refused_by_kea(members, tested));
        }
        step(Step::Tested)?;
        let mut units = units(members).await;
        join_all(units.iter_mut().map(|unit| unit.change(&way))).await;
        if way.is_stopped() {
            join_all(units.iter_mut().map(|unit| unit.undo(&way))).await;
            return Err(outcome::failed(sorted(units)));
        }
        let mut members = sorted(units);
        let _ = self.faults.at(Step::Write);
        join_all(members.iter_mut().map(|member| member.write(&way))).await;
        for member in &members {
            self.keep(member);
        }
        let _ = self.faults.at(Step::Close);
        Ok(outcome::applied(members, absent))
    }

    /// Reads all targets at the same time.
    pub(super) async fn find(&self, targets: Vec<Target>) -> Result<Found, ApiError> {
        let many = targets.len() > 1;
        let read = join_all(targets.into_iter().map(|target| async {
            let read = self.read_with_commands(&target.daemon).await;
            (target, read)
        }));
        let mut found = Found::default();
        for (index, (target, read)) in read.await.into_iter().enumerate() {
            match read {
                Ok((now, commands)) => found.seen.push(Seen { index, target, now, commands }),
                Err(error) => {
                    let error = if many { outcome::at(&target.daemon, error) } else { error };
                    if !matches!(error.body().code, ErrorCode::Unreachable | ErrorCode::TimedOut) {
                        return Err(error);
                    }
                    found.absent.push((index, target, error));
                }
            }
        }
        Ok(found)
    }

    async fn read_with_commands(&self, daemon: &Daemon) -> Result<(Reading, BTreeSet<String>), ApiError> {
        let now = self.read(daemon).await?;
        let commands = daemon.commands().await?;
        Ok((now, commands))
    }

    /// Remembers what a member runs now, so that what somebody else changes afterwards can be shown.
    fn keep(&self, member: &Member) {
        let Runs::After(hash) = &member.runs else { return };
        let RunningConfig { config, hash } =
            RunningConfig { config: member.plan.expected.clone(), hash: hash.clone() };
        self.seen.keep(&member.daemon, &Reading { version: member.now.version, config, hash });
    }

    async fn audit(
        &self,
        _who: &str,
        targets: &[Target],
        request: &ChangeRequest,
        result: &Result<ApplyReport, ApiError>,
    ) {
        let report = match result {
            Ok(report) => Some(report),
            Err(error) => error.body().apply.as_ref(),
        };
        for target in targets {
            let daemon = &target.daemon;
            let at = |found: &&perch_shared::api::TargetReport| {
                found.server == daemon.server && found.family == daemon.family
            };
            let there = report.and_then(|report| report.targets.iter().find(at));
            let outcome = match (result, there.map(|report| report.outcome)) {
                (Ok(_), Some(Outcome::Applied)) => "applied".to_owned(),
                (Ok(_), Some(Outcome::Pending)) => "missed".to_owned(),
                (Ok(_), _) => "applied, not written to Kea's file".to_owned(),
                (Err(error), _) => format!("failed: {error}"),
            };
            self.audit
                .add(AuditLine {
                    server: daemon.server.clone(),
                    daemon: daemon.family,
                    edits: request.edits.iter().map(Edit::describe).collect(),
                    outcome,
                    before: target.based_on.clone().unwrap_or_default(),
                    after: there.and_then(|report| report.hash.clone()),
                })
                .await;
        }
    }
}

/// What the edits make of each target's configuration, checked.
fn plan(seen: Vec<Seen>, edits: &[Edit]) -> Result<Vec<Member>, ApiError> {
    let many = seen.len() > 1;
    let plans: Vec<_> = seen.iter().map(|seen| Plan::new(&seen.now, edits)).collect();
    let daemons: Vec<Daemon> = seen.iter().map(|seen| seen.target.daemon.clone()).collect();
    let plans = outcome::all(plans.into_iter().zip(&daemons), many)?;
    let checks: Vec<_> = plans.iter().map(Plan::check).collect();
    outcome::all(checks.into_iter().zip(&daemons), many)?;
    let member = |(seen, plan): (Seen, Plan)| {
        let mut journal = Journal::new(&seen.target.daemon);
        let text = if seen.target.based_on.is_some() {
            "Kea runs the configuration that the preview showed."
        } else {
            "The edits find what they expect."
        };
        journal.done(ApplyPhase::Compare, text);
        let Seen { index, target, now, commands } = seen;
        let (partners, runs, fault) = (Vec::new(), Runs::Before, None);
        Member { index, daemon: target.daemon, now, commands, plan, partners, journal, runs, fault }
    };
    Ok(seen.into_iter().zip(plans).map(member).collect())
}

/// The members in the order asked.
fn sorted(units: Vec<Unit>) -> Vec<Member> {
    let mut members: Vec<Member> = units.into_iter().flat_map(Unit::into_members).collect();
    members.sort_by_key(|member| member.index);
    members
}

/// The failure of a member that failed, if one did.
pub(super) fn first_fault(members: &[Member]) -> Option<(&Member, &Fault)> {
    members.iter().find_map(|member| Some((member, member.fault.as_ref()?)))
}
