//! Bringing every target of a half-done change to the same side.

use super::{
    has::Has,
    lend,
    member::{Member, Runs, Way},
    plan::Plan,
    unit::units,
};
use crate::{
    store::{Intent, Phase, Step as Mark},
    work::work,
};
use perch_shared::api::Outcome;
use std::collections::BTreeMap;

/// One target of a change that is being settled.
pub(super) struct Found {
    pub(super) member: Member,
    pub(super) has: Has,
}

/// Where all targets of a change are brought to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// Where to: forward only when nobody is left behind by it.
pub(super) fn side(intent: &Intent, found: &[Found], someone_is_silent: bool) -> Side {
    let targets = 0..intent.plan.targets.len();
    let ended = targets.clone().filter_map(|index| intent.outcome(index));
    match ended.filter(|outcome| *outcome != Outcome::Pending).max() {
        Some(Outcome::Applied | Outcome::AppliedNotWritten) => return Side::After,
        Some(_) => return Side::Before,
        None => {}
    }
    let writes = |index: usize| intent.steps_of(index).any(|step| step.phase == Phase::Writing);
    let begun = |index: &usize| intent.outcome(*index).is_none();
    let all_write = targets.clone().filter(begun).all(writes);
    let puts_back =
        targets.clone().any(|index| intent.steps_of(index).any(|step| step.phase == Phase::PuttingBack));
    let all_after = found.iter().all(|found| matches!(found.has, Has::After { .. }));
    let none_other = found.iter().all(|found| !matches!(found.has, Has::Other { .. }));
    let forward = (all_after && !found.is_empty() && !someone_is_silent) || (all_write && none_other);
    if forward && !puts_back { Side::After } else { Side::Before }
}

/// Who was not there has missed nothing where the change was taken back everywhere else.
pub(super) fn nothing_to_catch_up(intent: &Intent) -> impl Iterator<Item = Mark> {
    let targets = 0..intent.plan.targets.len();
    let pending = targets.filter(|index| intent.outcome(*index) == Some(Outcome::Pending));
    pending.map(|index| Mark::done(index, Outcome::Refused))
}

/// Brings every target to the same side, and every pair back to work.
pub(super) async fn bring(found: Vec<Found>, side: Side, way: &Way<'_>, intent: &Intent) -> Vec<Member> {
    let has: BTreeMap<usize, Has> = found.iter().map(|one| (one.member.index, one.has.clone())).collect();
    let mut done = Vec::new();
    for unit in units(found.into_iter().map(|found| found.member).collect(), &way.order.helpers).await {
        for mut member in unit.into_members() {
            let Some(has) = has.get(&member.index) else { continue };
            match side {
                Side::After => finish(&mut member, way, has).await,
                Side::Before => take_back(&mut member, way, has, intent).await,
            }
            let alone = served_alone(intent, member.index);
            lend::settle(&mut member, alone).await;
            done.push(member);
        }
    }
    done
}

/// Whether a member served for its partner, which was down.
fn served_alone(intent: &Intent, index: usize) -> bool {
    let alone = |step: &Mark| step.data.get("alone").is_some_and(|alone| alone == true);
    intent.steps_of(index).any(alone)
}

async fn finish(member: &mut Member, way: &Way<'_>, has: &Has) {
    match has {
        Has::After { .. } => {
            member.runs = Runs::After(member.now.hash.clone());
            member.shows = Some(member.now.config.clone());
            member.write(way).await;
        }
        // Its Kea was started anew meanwhile, from a file without the change.
        Has::Before => again(member, way).await,
        Has::Other { .. } => member.runs = Runs::Missed,
    }
}

/// Carries a change out that a Kea has lost. What cannot be done now is left for catching up.
async fn again(member: &mut Member, way: &Way<'_>) {
    let (now, edits, commands) = (member.now.clone(), way.edits(member), member.commands.clone());
    let plan = move || {
        let plan = Plan::new(&now.reading()?, &edits, &commands)?;
        plan.check().map(|()| plan)
    };
    let Ok(plan) = work(plan).await else {
        member.runs = Runs::Missed;
        return;
    };
    member.plan = plan;
    match member.change(way).await {
        Ok(()) => member.write(way).await,
        Err(_) if member.runs == Runs::Unknown => {}
        Err(_) => member.runs = Runs::Missed,
    }
}

async fn take_back(member: &mut Member, way: &Way<'_>, has: &Has, intent: &Intent) {
    let touched = intent.steps_of(member.index).any(|step| step.phase.may_have_changed());
    match has {
        // It may have failed over the change and be deaf: what it runs is sent to it again.
        Has::Before if touched => member.undo(way).await,
        Has::Before => member.runs = Runs::Before,
        // What it ran before, or what it runs now without the change, where somebody else has changed it since.
        Has::After { before: Some(before) } | Has::Other { before: Some(before) } => {
            let running = std::mem::replace(&mut member.now, before.clone());
            member.undo(way).await;
            member.now.version = running.version;
        }
        Has::After { before: None } | Has::Other { before: None } => member.runs = Runs::Unknown,
    }
    let wrote = intent.steps_of(member.index).any(|step| step.phase == Phase::Writing);
    if wrote && matches!(member.runs, Runs::PutBack) {
        member.write_again().await;
    }
}
