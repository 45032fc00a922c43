//! Rounds of faults on real pairs of Keas: a change, something that goes wrong, perhaps another console's change in
//! between; then everything comes back, and each Kea is asked what it has.

mod act;
mod judge;
mod plan;
mod slot;
mod tally;
mod world;

pub use tally::Tally;

use act::act;
use judge::{Before, Side, judge};
use plan::{Deed, Plan};
use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Mutex,
};
use world::{KINDS, World};

/// Which rounds are run.
#[derive(Debug, Clone, Copy)]
pub struct Rounds {
    /// What they are made up from.
    pub seed: u64,
    /// How many.
    pub count: usize,
    /// The first one's number, from 0.
    pub first: usize,
}

impl Rounds {
    /// Runs them, each kind of pair beside the others, and counts.
    ///
    /// # Panics
    /// When a pair does not start.
    pub fn run(self) -> Tally {
        let tally = Mutex::new(Tally::default());
        std::thread::scope(|scope| {
            for kind in 0..KINDS.len() {
                let tally = &tally;
                scope.spawn(move || self.run_kind(kind, tally));
            }
        });
        tally.into_inner().expect("the lock")
    }

    /// Runs the rounds of one kind of pair, one after the other.
    fn run_kind(self, kind: usize, tally: &Mutex<Tally>) {
        let mut world = None;
        for round in (self.first..self.first + self.count).filter(|round| round % KINDS.len() == kind) {
            if world.is_none() {
                world = World::open(KINDS[kind]);
            }
            // Where that Kea is not here, this was said.
            let Some(here) = &mut world else { return };
            let plan = Plan::of(self.seed, round);
            let mut done = Vec::new();
            let result = catch_unwind(AssertUnwindSafe(|| one(here, &plan, &mut done)));
            let result = result.unwrap_or_else(|why| Err(text(&*why)));
            if let Err(why) = &result {
                let (version, mode) = KINDS[kind];
                let log = here.log();
                let seed = self.seed;
                println!(
                    "LOST --seed {seed} --first {round} --rounds 1 ({version} {})\n  {plan}\n  {why}\n{log}",
                    mode.name()
                );
                // What it left may be anything.
                world = None;
            }
            tally.lock().expect("the lock").count(&plan, &done, result.map_err(drop));
        }
    }
}

/// One round. Says which of the plan's deeds came about.
fn one(world: &mut World, plan: &Plan, done: &mut Vec<bool>) -> Result<Side, String> {
    let fault = plan.deeds.iter().find_map(|deed| match deed {
        Deed::Perch(fault) => Some(fault.as_str()),
        _ => None,
    });
    world.prepare(fault);
    let before = Before::of(world);
    let said;
    (said, *done) = act(world, plan)?;
    if plan.kea_first {
        world.revive_keas();
    }
    let again = plan.again.map(|step| format!("{step}=kill"));
    world.revive_perch(again.as_deref());
    world.revive_keas();
    let recovered = world.settle()?;
    world.perch().wait_until_ready();
    judge(world, plan, &before, (&said, done), &recovered).map_err(|why| {
        format!("{why}\n  Perch said {said:?}; deeds done: {done:?}; recovered: {recovered:#?}")
    })
}

/// What a panic said.
fn text(why: &(dyn Any + Send)) -> String {
    let text = why.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| why.downcast_ref::<&str>().copied()).unwrap_or("a panic without words").to_owned()
}
