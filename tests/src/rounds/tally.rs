//! Counting how rounds ended.

use super::{judge::Side, plan::Plan};
use std::{collections::BTreeMap, fmt};

/// How rounds ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    rounds: usize,
    before: usize,
    after: usize,
    caught_up: usize,
    lost: usize,
}

impl Counts {
    fn add(&mut self, result: Result<Side, ()>) {
        self.rounds += 1;
        match result {
            Ok(Side::Before) => self.before += 1,
            Ok(Side::After) => self.after += 1,
            Ok(Side::CaughtUp) => self.caught_up += 1,
            Err(()) => self.lost += 1,
        }
    }
}

/// How the rounds ended, by what went wrong in them; what was planned and did not come about is not counted. A round in which two things went wrong counts for both.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    kinds: BTreeMap<String, Counts>,
    whole: Counts,
}

impl Tally {
    /// Counts a round; `done` says which of the plan's deeds came about, where that is known.
    pub(super) fn count(&mut self, plan: &Plan, done: &[bool], result: Result<Side, ()>) {
        self.whole.add(result);
        let came_about = plan.deeds.iter().enumerate().filter(|(index, _)| done.get(*index) != Some(&false));
        let mut kinds: Vec<String> = came_about.map(|(_, deed)| deed.kind()).collect();
        if kinds.is_empty() {
            kinds.push("nothing".to_owned());
        }
        for kind in kinds {
            self.kinds.entry(kind).or_default().add(result);
        }
    }

    /// How many rounds were run.
    pub const fn rounds(&self) -> usize {
        self.whole.rounds
    }

    /// In how many of them something was lost.
    pub const fn lost(&self) -> usize {
        self.whole.lost
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = ["rounds", "before", "after", "caught up", "lost"];
        write!(f, "{:<44}", "what went wrong")?;
        columns.iter().try_for_each(|column| write!(f, "{column:>11}"))?;
        let whole = [("together".to_owned(), self.whole)];
        for (kind, counts) in self.kinds.iter().map(|(kind, counts)| (kind.clone(), *counts)).chain(whole) {
            let Counts { rounds, before, after, caught_up, lost } = counts;
            write!(f, "\n{kind:<44}")?;
            [rounds, before, after, caught_up, lost].iter().try_for_each(|count| write!(f, "{count:>11}"))?;
        }
        Ok(())
    }
}
