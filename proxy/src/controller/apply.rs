//! Carrying a change out on every target, or on none.

use super::{
    Controller, Daemon, Reading,
    fault::Step,
    held::Held,
    journal::Journal,
    member::{Member, Runs, Way},
    outcome,
    plan::Plan,
    trail::{self, Trail},
    unit::{Unit, units},
};
use crate::{error::ApiError, store::Event};
use futures_util::future::join_all;
use perch_shared::{
    api::{
        Absent, ApplyPhase, ApplyReport, ChangeId, ErrorCode, Kind, Moment, Outcome, Place, SnapshotId, Who,
    },
    change::Edit,
};
use std::{collections::BTreeSet, sync::Arc, time::Instant};

/// What is to be done, for whom and why.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// Who wants it.
    pub who: Who,
    /// What kind of change it is.
    pub kind: Kind,
    /// What the operator wrote about it.
    pub comment: String,
    /// The earlier change that it belongs to.
    pub of: Option<ChangeId>,
    /// The snapshot that it brings back.
    pub snapshot: Option<SnapshotId>,
    /// What is done when a target does not answer.
    pub absent: Absent,
    /// The lists of edits; each target names its own.
    pub lists: Vec<Arc<[Edit]>>,
    /// HA partners that are no targets, but can serve meanwhile: the place of the target, and its partner.
    pub helpers: Vec<(usize, Daemon)>,
}

/// One daemon that a change is for.
#[derive(Debug, Clone)]
pub struct Target {
    /// The daemon.
    pub daemon: Daemon,
    /// The hash of the configuration that was seen.
    pub based_on: Option<String>,
    /// Which of the lists of edits goes here, from 0.
    pub list: usize,
}

impl Order {
    /// One of the lists of edits.
    pub(super) fn list(&self, list: usize) -> Arc<[Edit]> {
        self.lists.get(list).cloned().unwrap_or_default()
    }
}

/// A target that answered, and what it says.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) index: usize,
    pub(super) target: Target,
    pub(super) now: Held,
    pub(super) commands: BTreeSet<String>,
}

/// A target that does not answer, and why.
#[derive(Debug)]
pub(super) struct Absentee {
    pub(super) index: usize,
    pub(super) target: Target,
    pub(super) error: ApiError,
}

/// What was found at the targets.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) seen: Vec<Seen>,
    /// What the edits make of each of them.
    pub(super) plans: Vec<Result<Plan, ApiError>>,
    pub(super) absent: Vec<Absentee>,
}

impl Controller {
    /// Carries a change out. Once begun it must not be dropped: run it as a task of its own.
    ///
    /// # Errors
    /// When it could not be carried out; the report inside says how far it came and what runs where now.
    pub async fn apply(&self, targets: Vec<Target>, order: &Order) -> Result<ApplyReport, ApiError> {
        outcome::refuse_repetition(&targets)?;
        let helpers = order.helpers.iter().map(|(_, helper)| helper);
        let _alone = self.lock_all(targets.iter().map(|target| &target.daemon).chain(helpers)).await;
        self.refuse_unsettled(&targets)?;
        let begun = Instant::now();
        match self.prepare(targets.clone(), order).await {
            Ok((members, absent, trail)) => {
                self.carry_out(members, absent, Way::new(order, &self.faults, trail)).await
            }
            Err(error) => {
                self.record_refusal(&targets, order, &error, begun).await;
                Err(error)
            }
        }
    }

    /// Everything that is needed before any Kea is asked to change: it is known, checked and written down.
    async fn prepare(
        &self,
        targets: Vec<Target>,
        order: &Order,
    ) -> Result<(Vec<Member>, Vec<Absentee>, Trail), ApiError> {
        let step = |step| self.faults.at(step).map_err(|fault| outcome::stopped(&fault.into()));
        step(Step::Locked)?;
        let Found { seen, plans, absent } =
            self.find(targets, order).await.map_err(outcome::nothing_changed)?;
        if order.absent == Absent::Wait || seen.is_empty() {
            outcome::refuse_absent(&absent)?;
        }
        step(Step::Read)?;
        outcome::refuse_changed(&seen)?;
        let members = members(planned(seen, plans)?)?;
        step(Step::Planned)?;
        let trail = Trail::begin(self.archive.clone(), order, &members, &absent).await;
        Ok((members, absent, trail.map_err(trail::not_kept)?))
    }

    async fn carry_out(
        &self,
        mut members: Vec<Member>,
        absent: Vec<Absentee>,
        way: Way<'_>,
    ) -> Result<ApplyReport, ApiError> {
        self.test(&mut members).await;
        if members.iter().all(|member| member.fault.is_none()) {
            members = change(members, &way).await;
        }
        if members.iter().all(|member| member.fault.is_none()) {
            let _ = self.faults.at(Step::Write);
            join_all(members.iter_mut().map(|member| member.write(&way))).await;
            members.iter().for_each(|member| self.keep(member));
            if !absent.is_empty()
                && let Some(intent) = self.archive.intents.get(way.trail.id())
            {
                self.remember_missed(&intent).await;
            }
        }
        let _ = self.faults.at(Step::Close);
        let id = way.trail.id().clone();
        let result = outcome::of(members, absent, &way).await;
        if let Some(intent) = self.archive.intents.get(&id) {
            self.recoveries.leave(&intent);
        }
        let _ = self.faults.at(Step::Closed);
        result
    }

    /// Has every Kea check its new configuration. Changes nothing.
    async fn test(&self, members: &mut [Member]) {
        let begun = self.faults.at(Step::Begun);
        if begun.is_ok() {
            join_all(members.iter_mut().map(Member::test)).await;
        }
        let tested = begun.and_then(|()| self.faults.at(Step::Tested));
        if let (Some(member), Err(fault)) = (members.first_mut(), tested) {
            member.fault.get_or_insert(fault.into());
        }
    }

    /// Reads all targets at the same time, and carries the edits out on copies of what they run.
    pub(super) async fn find(&self, targets: Vec<Target>, order: &Order) -> Result<Found, ApiError> {
        let many = targets.len() > 1;
        let read = join_all(targets.into_iter().map(|target| async {
            let edits = order.list(target.list);
            let plan = move |now: Reading, commands: &_| Plan::new(&now, &edits, commands);
            let read = self.read_with_commands(&target.daemon, plan).await;
            (target, read)
        }));
        let mut found = Found::default();
        for (index, (target, read)) in read.await.into_iter().enumerate() {
            match read {
                Ok((now, plan, commands)) => {
                    let own = order.lists.len() > 1;
                    let plan = if order.kind == Kind::Undo { plan.map_err(too_late) } else { plan };
                    found.plans.push(if own { plan.map_err(|error| whose(&target, error)) } else { plan });
                    found.seen.push(Seen { index, target, now, commands });
                }
                Err(error) => {
                    let error = if many { outcome::at(&target.daemon, error) } else { error };
                    if !matches!(error.body().code, ErrorCode::Unreachable | ErrorCode::TimedOut) {
                        return Err(error);
                    }
                    found.absent.push(Absentee { index, target, error });
                }
            }
        }
        Ok(found)
    }

    pub(super) async fn read_with_commands<T: Send + 'static>(
        &self,
        daemon: &Daemon,
        look: impl FnOnce(Reading, &BTreeSet<String>) -> T + Send + 'static,
    ) -> Result<(Held, T, BTreeSet<String>), ApiError> {
        let commands = daemon.commands().await?;
        let look = move |now: Reading| {
            let looked = look(now, &commands);
            (looked, commands)
        };
        let (now, (looked, commands)) = daemon.read(look).await?;
        self.seen.keep(daemon, &now.hash, &now.config);
        Ok((now, looked, commands))
    }

    /// Remembers what a member runs now, so that what somebody else changes afterwards can be shown.
    fn keep(&self, member: &Member) {
        let (Runs::After(hash), Some(shows)) = (&member.runs, &member.shows) else { return };
        self.seen.keep(&member.daemon, hash, shows);
    }

    /// Writes a change into the history that was refused before it was begun.
    async fn record_refusal(&self, targets: &[Target], order: &Order, error: &ApiError, begun: Instant) {
        let place = |target: &Target| Place {
            server: target.daemon.server.clone(),
            family: Some(target.daemon.family),
            before: Moment { hash: target.based_on.clone(), snapshot: None },
            after: Moment::default(),
            outcome: Outcome::Refused,
            text: error.to_string(),
            list: target.list,
        };
        let lists = order.lists.iter().map(|edits| self.archive.seal(edits)).collect::<Result<Vec<_>, _>>();
        let written = match lists {
            Ok(lists) => {
                let event = Event {
                    who: order.who.clone(),
                    kind: order.kind,
                    lists,
                    places: targets.iter().map(place).collect(),
                    comment: order.comment.clone(),
                    of: order.of.clone(),
                    snapshot: order.snapshot.clone(),
                    outcome: Outcome::Refused,
                    duration_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
                    ..Event::default()
                };
                self.archive.note(event).await.map(|_| ())
            }
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            tracing::error!(%error, "cannot write the history");
        }
    }
}

/// The targets with their plans, or what stands against any of these.
pub(super) fn planned(
    seen: Vec<Seen>,
    plans: Vec<Result<Plan, ApiError>>,
) -> Result<Vec<(Seen, Plan)>, ApiError> {
    let daemons = seen.iter().map(|seen| &seen.target.daemon);
    let plans = outcome::all(plans.into_iter().zip(daemons), seen.len() > 1)?;
    Ok(seen.into_iter().zip(plans).collect())
}

/// The failure of an undoing that does not fit any more.
fn too_late(error: ApiError) -> ApiError {
    error.with(|body| {
        if !body.conflicts.is_empty() {
            body.message = "What is to be undone was changed again since.".to_owned();
            body.help =
                Some("Nothing was changed. Undo the later change first, or choose a side.".to_owned());
        }
    })
}

/// The same failure, which says whose edits do not fit.
fn whose(target: &Target, error: ApiError) -> ApiError {
    let whose = (target.daemon.server.clone(), target.daemon.family);
    error.with(|body| {
        body.conflicts.iter_mut().for_each(|conflict| conflict.target = Some(whose.clone()));
    })
}

/// The members of a change whose plans hold.
fn members(planned: Vec<(Seen, Plan)>) -> Result<Vec<Member>, ApiError> {
    let checks = planned.iter().map(|(seen, plan)| (plan.check(), &seen.target.daemon));
    outcome::all(checks, planned.len() > 1)?;
    Ok(planned.into_iter().map(|(seen, plan)| member(seen, plan)).collect())
}

fn member(seen: Seen, plan: Plan) -> Member {
    let Seen { index, target: Target { daemon, based_on, list }, now, commands } = seen;
    let mut journal = Journal::new(&daemon);
    let text = if based_on.is_some() {
        "Kea runs the configuration that the preview showed."
    } else {
        "The edits find what they expect."
    };
    journal.done(ApplyPhase::Compare, text);
    Member::new((index, list), daemon, now, commands, plan, journal)
}

/// Changes all members, or none: when one fails, the others get back what they ran.
async fn change(members: Vec<Member>, way: &Way<'_>) -> Vec<Member> {
    let mut units = units(members, &way.order.helpers).await;
    join_all(units.iter_mut().map(|unit| unit.change(way))).await;
    if way.is_stopped() {
        join_all(units.iter_mut().map(|unit| unit.undo(way))).await;
    }
    sorted(units)
}

/// The members in the order asked.
fn sorted(units: Vec<Unit>) -> Vec<Member> {
    let mut members: Vec<Member> = units.into_iter().flat_map(Unit::into_members).collect();
    members.sort_by_key(|member| member.index);
    members
}
