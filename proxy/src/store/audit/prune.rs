//! Removing the oldest lines. What stays is not rewritten: a first line says where the chain goes on from, and a last
//! one says the same within the chain.

use super::{
    Audit, HEAD, WHAT,
    chain::links,
    head::HeadFile,
    line::{Line, Marker, Pruned},
    state::{Place, State},
};
use crate::store::{
    clock::Clock,
    durable::{KeepError, replace},
};
use jiff::Timestamp;
use std::{fs, io};

/// How many changes are kept however old they are: a clock that is wrong must not empty the history.
const SPARED: usize = 100;

/// How many records of other kinds there may be for each change that is kept.
const OTHERS: usize = 50;

/// How long the history is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// How many changes are kept at most.
    pub changes: usize,
    /// For how many days they are kept at most; the last hundred longer.
    pub days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { changes: 1000, days: 365 }
    }
}

impl Retention {
    /// How many of the oldest records go. The last record always stays.
    fn cut(self, places: &[Place], now: Timestamp) -> usize {
        let oldest = now.as_millisecond().saturating_sub(i64::from(self.days) * 86_400_000);
        let mut changes = places.iter().filter(|place| place.is_change).count();
        for (index, place) in places.iter().enumerate() {
            let others = places.len() - index > self.changes.saturating_add(1).saturating_mul(OTHERS);
            let too_many = changes > self.changes || others;
            let too_old = place.millis < oldest && changes > SPARED;
            if index + 1 >= places.len() || !(too_many || too_old) {
                return index;
            }
            changes -= usize::from(place.is_change);
        }
        0
    }
}

impl Audit {
    /// Removes the oldest records, as many as the retention wants. Gives back how many.
    pub(in crate::store) fn prune(
        &self,
        keep: Retention,
        now: Timestamp,
        clock: &Clock,
    ) -> Result<usize, KeepError> {
        let io = |error: io::Error| KeepError::io(WHAT, &self.path)(error);
        let mut state = self.lock();
        let cut = keep.cut(&state.places, now);
        let Some(first) = state.places.get(cut).copied().filter(|_| cut > 0) else { return Ok(0) };
        let kept = self.read(&state.reading, first)?;
        let pruned = Pruned { sequence: first.sequence.saturating_sub(1), hash: kept.previous };
        let sentence = format!("Remove {cut} old records of the history, up to number {}", pruned.sequence);
        let text = self.without(&state, first, &pruned, Line::of(self.own(sentence, clock)?)).map_err(io)?;
        replace(&self.path, &text).map_err(io)?;
        let head = HeadFile::open(&self.path.with_file_name(HEAD)).map_err(io)?;
        let reserve = state.log.reserve();
        *state = State::new(&self.path, &links(&text), text.len() as u64, head, reserve).map_err(io)?;
        state.write_head();
        Ok(cut)
    }

    /// The text of the file from a record on.
    fn without(&self, state: &State, first: Place, pruned: &Pruned, own: Line) -> io::Result<Vec<u8>> {
        let old = fs::read(&self.path)?;
        let end = usize::try_from(state.log.length()).unwrap_or(usize::MAX).min(old.len());
        let start = usize::try_from(first.offset).unwrap_or(usize::MAX);
        let kept = old.get(start..end).ok_or_else(|| io::Error::other("it is shorter than it was"))?;
        let (_, own) = state.linked(Line { pruned: Some(pruned.clone()), ..own })?;
        let mut text = serde_json::to_vec(&Marker { pruned_up_to: pruned.clone() })?;
        text.push(b'\n');
        text.extend_from_slice(kept);
        text.extend_from_slice(&own);
        text.push(b'\n');
        Ok(text)
    }

    /// Calls `visit` with the text of every record.
    pub(in crate::store) fn each_text(&self, mut visit: impl FnMut(&str)) -> Result<(), KeepError> {
        let text = super::read(&self.path).map_err(KeepError::io(WHAT, &self.path))?;
        text.split(|byte| *byte == b'\n').for_each(|line| visit(&String::from_utf8_lossy(line)));
        Ok(())
    }
}
