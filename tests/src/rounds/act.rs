//! Carrying a round out: the change, and what goes wrong meanwhile.

use super::{
    plan::{Deed, Plan, What},
    world::World,
};
use crate::{fault::Relay, http_client};
use perch_shared::{
    Family,
    api::{
        Absent, ApplyChange, ApplyReport, ChangeId, ChangeRequest, ChangeTarget, Endpoint, ErrorBody, Outcome,
    },
    change::{Edit, edits_between},
    command::mend,
    config::Config,
};
use std::{
    io,
    sync::mpsc::{self, Sender},
};

/// What Perch answered to a change.
#[derive(Debug, Clone)]
pub enum Said {
    /// How it ended, and its name in the history.
    Ended(Outcome, Option<ChangeId>),
    /// Nothing: it died.
    Nothing,
}

/// What is heard while a change is under way.
enum Heard {
    /// A deed is due; who asked waits for the answer.
    Due(usize, Sender<()>),
    /// The change has ended.
    Over(io::Result<http_client::Reply>),
}

/// Sends the change, does what the plan says meanwhile, and gives what Perch answered and which deeds were done.
///
/// # Errors
/// When Perch answers what it must not.
pub fn act(world: &mut World, plan: &Plan) -> Result<(Said, Vec<bool>), String> {
    let body = serde_json::to_vec(&request(world, plan)).expect("JSON");
    for deed in &plan.deeds {
        if let Deed::Down(member) = deed {
            world.kill_kea(*member);
        }
    }
    let (sender, heard) = mpsc::channel();
    for (index, deed) in plan.deeds.iter().enumerate() {
        arm(&world.relays, index, deed, &sender);
    }
    let address = world.perch().address();
    let mut done = vec![false; plan.deeds.len()];
    let reply = std::thread::scope(|scope| {
        scope.spawn(move || {
            let headers = [("content-type", "application/json")];
            let reply = http_client::send(address, "POST", &ApplyChange::path(&()), &headers, &body);
            // Nobody listens any more when the round has failed.
            let _ = sender.send(Heard::Over(reply));
        });
        loop {
            match heard.recv().expect("the change ends") {
                Heard::Due(index, ack) => {
                    done[index] = true;
                    carry_out(world, &plan.deeds[index]);
                    let _ = ack.send(());
                }
                Heard::Over(reply) => return reply,
            }
        }
    });
    let said = said(world, reply)?;
    for (deed, done) in plan.deeds.iter().zip(&mut done) {
        match deed {
            Deed::Perch(fault) => *done = fault.ends_with("=fail") || matches!(said, Said::Nothing),
            Deed::Answer { member, .. } => *done = !world.relays[*member].is_broken(),
            Deed::Down(_) => *done = true,
            Deed::At { .. } => {}
        }
    }
    for relay in &world.relays {
        relay.forget();
        relay.mend();
    }
    Ok((said, done))
}

fn request(world: &World, plan: &Plan) -> ChangeRequest {
    let target = |member: &usize| ChangeTarget {
        server: world.ids[*member].clone(),
        family: Family::V4,
        based_on: plan.based.then(|| world.hash(*member)),
        edits: Vec::new(),
    };
    ChangeRequest {
        targets: plan.members.iter().map(target).collect(),
        edits: edits(world, plan),
        comment: String::new(),
        absent: if plan.alone { Absent::Alone } else { Absent::Wait },
        undoes: None,
        restores: None,
    }
}

/// The plan's changes as edits of what the first target runs.
fn edits(world: &World, plan: &Plan) -> Vec<Edit> {
    let mut root = world.running(plan.members[0]);
    mend(&mut root);
    let before = Config { family: Family::V4, root };
    let mut after = before.clone();
    for (slot, value) in &plan.changes {
        slot.write(&mut after.root, value.as_deref());
    }
    edits_between(&before, &after)
}

/// Has a relay do or ask for what a deed says.
fn arm(relays: &[Relay; 2], index: usize, deed: &Deed, sender: &Sender<Heard>) {
    match deed {
        Deed::Perch(_) | Deed::Down(_) => {}
        Deed::Answer { member, command, nth, fault } => {
            relays[*member].break_nth(command, *nth, fault.clone());
        }
        Deed::At { member, when, command, nth, .. } => {
            let sender = sender.clone();
            relays[*member].on(*when, command, *nth, move || {
                let (ack, done) = mpsc::channel();
                if sender.send(Heard::Due(index, ack)).is_ok() {
                    // Without an answer the round is over.
                    let _ = done.recv();
                }
            });
        }
    }
}

fn carry_out(world: &mut World, deed: &Deed) {
    let Deed::At { member, what, .. } = deed else { return };
    match what {
        What::KillPerch => {
            let id = world.perch().process_id().to_string();
            let _ = std::process::Command::new("kill").args(["-9", &id]).status();
        }
        What::KillKea(which) => world.kill_kea(*which),
        What::External { slot, value, write } => world.change(*member, *slot, Some(value), *write),
    }
}

fn said(world: &mut World, reply: io::Result<http_client::Reply>) -> Result<Said, String> {
    let reply = match reply {
        Ok(reply) => reply,
        Err(error) => {
            let dead = crate::wait::try_until(crate::wait::SOON, || {
                if world.perch().is_dead() { Ok(()) } else { Err(format!("{error}, and Perch is alive")) }
            });
            return dead.map(|()| Said::Nothing);
        }
    };
    let text = reply.text();
    let wrong = |error: serde_json::Error| format!("{error}: {text}");
    if reply.status == 200 {
        let report: ApplyReport = serde_json::from_slice(&reply.body).map_err(wrong)?;
        return Ok(Said::Ended(report.outcome, report.id));
    }
    let body: ErrorBody = serde_json::from_slice(&reply.body).map_err(wrong)?;
    let report =
        body.apply.unwrap_or_else(|| ApplyReport { outcome: Outcome::Refused, ..Default::default() });
    Ok(Said::Ended(report.outcome, report.id))
}
