//! Whether anything was lost in a round: asked of each Kea, not of Perch.

use super::{
    act::Said,
    plan::{Deed, Plan, What},
    slot::Slot,
    world::{Slots, World, rest, slots},
};
use crate::{http_client, lab::Mode};
use perch_shared::api::{
    CatchUp, ChangeId, ChangeQuery, Endpoint as _, GetChange, ListMissed, Outcome, Recovery,
};
use serde_json::Value;

/// What the Keas had before a round.
pub struct Before {
    running: [Value; 2],
}

/// Which side of the change all its targets are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// They run what they ran before.
    Before,
    /// They run the change.
    After,
    /// They run the change, some of them after having caught up with it.
    CaughtUp,
}

impl Before {
    /// What the Keas have now.
    pub fn of(world: &World) -> Self {
        Self { running: [0, 1].map(|member| world.running(member)) }
    }
}

/// Judges a round after everything was settled, and repairs what another console left uneven.
///
/// # Errors
/// What was lost.
pub fn judge(
    world: &mut World,
    plan: &Plan,
    before: &Before,
    (said, done): (&Said, &[bool]),
    recovered: &[Recovery],
) -> Result<Side, String> {
    let caught_up = catch_up(world)?;
    world.pair.wait_until_normal();
    scopes(world)?;
    history(world, said, recovered)?;
    let other = external(plan, done);
    let now = [0, 1].map(|member| world.running(member));
    let after: Slots = plan.changes.iter().cloned().collect();
    let mut sides = Vec::new();
    for member in [0, 1] {
        let mut expected = slots(&before.running[member]);
        let mut found = slots(&now[member]);
        if let Some((_, slot, value)) = other.iter().find(|(at, ..)| *at == member) {
            let runs = found.remove(slot).flatten();
            expected.remove(slot);
            if runs.as_deref() != Some(value.as_str()) {
                return Err(format!(
                    "member {member}: the other console's {slot:?} = {value} is lost: {runs:?}"
                ));
            }
        }
        if rest(&before.running[member]) != rest(&now[member]) {
            return Err(format!("member {member}: something else changed: {:#}", now[member]));
        }
        let is_before = found == expected;
        for (slot, value) in after.iter().filter(|_| plan.members.contains(&member)) {
            expected.entry(*slot).and_modify(|old| old.clone_from(value));
        }
        let is_after = found == expected;
        match (is_before, is_after) {
            _ if !plan.members.contains(&member) && is_before => {}
            (true, true) => {}
            (true, false) => sides.push(Side::Before),
            (false, true) => sides.push(Side::After),
            (false, false) => {
                let differs = found.iter().filter(|(slot, value)| expected.get(*slot) != Some(*value));
                let differs: Vec<_> = differs.collect();
                return Err(format!("member {member} is neither before nor after: {differs:?}"));
            }
        }
    }
    sides.sort();
    sides.dedup();
    let side = match sides.as_slice() {
        // The change was of nothing but what another console changed as well, or of nothing at all.
        [] => Side::Before,
        [side] => *side,
        _ => return Err("half of the pair has the change".to_owned()),
    };
    if !sides.is_empty() {
        kept_its_word(said, side)?;
    }
    files(world, plan, &now, &other, said, recovered)?;
    even(world, plan, &other);
    Ok(if caught_up && side == Side::After { Side::CaughtUp } else { side })
}

/// Has every daemon catch up with what it has missed. A Perch that dies over it is started again.
fn catch_up(world: &mut World) -> Result<bool, String> {
    let mut caught_up = false;
    loop {
        let missed = world.perch().call::<ListMissed>(&(), &()).map_err(|failure| format!("{failure:#?}"))?;
        let Some(one) = missed.first() else { return Ok(caught_up) };
        world.pair.wait_until_normal();
        let path = CatchUp::path(&(one.server.clone(), one.family));
        match http_client::send(world.perch().address(), "POST", &path, &[], b"") {
            Ok(reply) if reply.status == 200 => caught_up = true,
            // The round's own fault waited for this; it happens once, and what was missed is still there.
            Ok(reply) if reply.text().contains("a test made the step") => {}
            Ok(reply) => return Err(format!("cannot catch up: {}", reply.text())),
            Err(_) => drop(world.settle()?),
        }
    }
}

fn scopes(world: &World) -> Result<(), String> {
    let rightful = match world.mode {
        Mode::HotStandby => [vec!["server1".to_owned()], vec![]],
        Mode::LoadBalancing => [vec!["server1".to_owned()], vec!["server2".to_owned()]],
    };
    let scopes = world.pair.scopes();
    if scopes == rightful { Ok(()) } else { Err(format!("scopes are still lent: {scopes:?}")) }
}

/// Every change has its line, and the chain is whole.
fn history(world: &mut World, said: &Said, recovered: &[Recovery]) -> Result<(), String> {
    let mut ids: Vec<&ChangeId> = recovered.iter().map(|one| &one.id).collect();
    if let Said::Ended(_, Some(id)) = said {
        ids.push(id);
    }
    for id in ids {
        let found = world.perch().call::<GetChange>(&(id.clone(),), &ChangeQuery::default());
        found.map_err(|failure| format!("{id} has no line in the history: {failure:#?}"))?;
    }
    world.perch().verify_audit().map(drop).map_err(|text| format!("the history is broken: {text}"))
}

/// What another console did change: where, and what shall stand there.
fn external(plan: &Plan, done: &[bool]) -> Vec<(usize, Slot, String)> {
    let done = plan.deeds.iter().zip(done).filter(|(_, done)| **done);
    done.filter_map(|(deed, _)| match deed {
        Deed::At { member, what: What::External { slot, value, .. }, .. } => {
            Some((*member, *slot, value.clone()))
        }
        _ => None,
    })
    .collect()
}

/// What Perch said is what is.
fn kept_its_word(said: &Said, side: Side) -> Result<(), String> {
    let Said::Ended(outcome, _) = said else { return Ok(()) };
    let wanted = match outcome {
        Outcome::Applied | Outcome::PartlyPending => Side::After,
        Outcome::Refused | Outcome::PutBack => Side::Before,
        // It said that it does not know yet, or that a restart of Kea loses the change.
        Outcome::AppliedNotWritten | Outcome::Pending | Outcome::Unknown | Outcome::Damaged => return Ok(()),
    };
    if side == wanted { Ok(()) } else { Err(format!("Perch said {outcome:?}, and what runs is {side:?}")) }
}

/// What stands in the files is what runs, unless Perch said otherwise, or another console has not written its own.
fn files(
    world: &World,
    plan: &Plan,
    now: &[Value; 2],
    other: &[(usize, Slot, String)],
    said: &Said,
    recovered: &[Recovery],
) -> Result<(), String> {
    let told = matches!(said, Said::Ended(Outcome::AppliedNotWritten, _))
        || recovered
            .iter()
            .flat_map(|one| &one.targets)
            .any(|target| target.outcome == Outcome::AppliedNotWritten);
    for member in [0, 1].into_iter().filter(|member| plan.members.contains(member) && !told) {
        let (mut running, mut written) = (slots(&now[member]), world.written(member));
        for (_, slot, _) in other.iter().filter(|(at, ..)| *at == member) {
            running.remove(slot);
            written.remove(slot);
        }
        if running != written {
            let differs: Vec<_> =
                running.iter().filter(|(slot, value)| written.get(*slot) != Some(*value)).collect();
            return Err(format!("member {member}: its file has not what it runs: {differs:?}"));
        }
    }
    Ok(())
}

/// Makes both members the same where another console changed one, and writes their files.
fn even(world: &World, plan: &Plan, other: &[(usize, Slot, String)]) {
    for (member, slot, value) in other {
        if plan.members.len() == 2 && Slot::SHARED.contains(slot) {
            world.change(1 - member, *slot, Some(value), false);
        }
    }
    [0, 1].into_iter().for_each(|member| world.write(member));
    world.pair.wait_until_normal();
}
