//! The machine that runs a program over a text.

use super::{Regex, Step, set::is_word};
use std::collections::HashSet;

/// How many steps a match may take.
const MAX_STEPS: u32 = 1_000_000;
/// How many places are remembered in a bit set; beyond, in a hash set.
const MAX_BITS: usize = 1 << 26;

/// What the groups hold: place of the first byte and behind the last, by group; as far as one was met.
type Groups = Vec<Option<usize>>;

/// Whether a regular expression matches all of a text.
pub(super) fn matches(regex: &Regex, text: &[u8]) -> Result<bool, &'static str> {
    Run { regex, text, left: MAX_STEPS }.from(0, 0, Vec::new(), true).map(|found| found.is_some())
}

struct Run<'a> {
    regex: &'a Regex,
    text: &'a [u8],
    left: u32,
}

/// Where the machine has been.
enum Seen {
    Bits(Vec<u64>),
    Set(HashSet<(usize, usize, Groups)>),
}

impl Seen {
    /// A lookahead runs often and not far: it gets no bit set of its own.
    fn new(regex: &Regex, text: &[u8], whole: bool) -> Self {
        match regex
            .steps
            .len()
            .checked_mul(text.len() + 1)
            .filter(|bits| whole && *bits <= MAX_BITS && !regex.has_back)
        {
            Some(bits) => Self::Bits(vec![0; bits.div_ceil(64)]),
            None => Self::Set(HashSet::new()),
        }
    }

    /// What a step counts: those in the hash set take more time, and their groups more memory.
    fn cost(&self, groups: &Groups) -> u32 {
        match self {
            Self::Bits(_) => 1,
            Self::Set(_) => 10 + u32::try_from(groups.len()).unwrap_or(u32::MAX / 2),
        }
    }

    /// Whether this is new; and remembers it.
    fn insert(&mut self, step: usize, at: usize, width: usize, groups: &Groups) -> bool {
        match self {
            Self::Set(set) => set.insert((step, at, groups.clone())),
            Self::Bits(bits) => {
                let place = step * width + at;
                let Some(word) = bits.get_mut(place / 64) else { return false };
                let fresh = *word >> (place % 64) & 1 == 0;
                *word |= 1 << (place % 64);
                fresh
            }
        }
    }
}

impl Run<'_> {
    /// Runs from an instruction and a place on; the groups where it is found.
    fn from(
        &mut self,
        step: usize,
        at: usize,
        groups: Groups,
        whole: bool,
    ) -> Result<Option<Groups>, &'static str> {
        let mut seen = Seen::new(self.regex, self.text, whole);
        let width = self.text.len() + 1;
        let mut open = vec![(step, at, groups)];
        while let Some((step, at, mut groups)) = open.pop() {
            self.left = self
                .left
                .checked_sub(seen.cost(&groups))
                .ok_or("the match takes more steps than are tried here")?;
            let fresh = seen.insert(step, at, width, &groups);
            let Some(step_now) = self.regex.steps.get(step).filter(|_| fresh) else { continue };
            match *step_now {
                Step::Set(set) => {
                    let has = |byte: &u8| self.regex.sets.get(set).is_some_and(|set| set.has(*byte));
                    if self.text.get(at).is_some_and(has) {
                        open.push((step + 1, at + 1, groups));
                    }
                }
                Step::Split(first, second) => {
                    open.push((second, at, groups.clone()));
                    open.push((first, at, groups));
                }
                Step::Jump(to) => open.push((to, at, groups)),
                Step::Save(slot) => {
                    if self.regex.has_back {
                        groups.resize(groups.len().max(slot + 1), None);
                        if let Some(place) = groups.get_mut(slot) {
                            *place = Some(at);
                        }
                    }
                    open.push((step + 1, at, groups));
                }
                Step::Begin if at == 0 => open.push((step + 1, at, groups)),
                Step::End if at == self.text.len() => open.push((step + 1, at, groups)),
                Step::Word(wanted) if self.at_word_edge(at) == wanted => open.push((step + 1, at, groups)),
                Step::Begin | Step::End | Step::Word(_) => (),
                Step::Look(negative, past) => match self.from(step + 1, at, groups.clone(), false)? {
                    Some(inner) if !negative => open.push((past, at, inner)),
                    None if negative => open.push((past, at, groups)),
                    _ => (),
                },
                Step::Back(group) => {
                    if let Some(end) = self.repeats(&groups, group, at) {
                        open.push((step + 1, end, groups));
                    }
                }
                Step::Found if !whole || at == self.text.len() => return Ok(Some(groups)),
                Step::Found => (),
            }
        }
        Ok(None)
    }

    fn at_word_edge(&self, at: usize) -> bool {
        let word = |at: Option<usize>| at.and_then(|at| self.text.get(at)).is_some_and(|byte| is_word(*byte));
        word(at.checked_sub(1)) != word(Some(at))
    }

    /// The place behind a group's text that stands at `at` again. A group that was not met does not match.
    fn repeats(&self, groups: &Groups, group: usize, at: usize) -> Option<usize> {
        let (start, end) = (*groups.get(group * 2)?, *groups.get(group * 2 + 1)?);
        let text = self.text.get(start?..end?)?;
        self.text.get(at..)?.starts_with(text).then_some(at + text.len())
    }
}
