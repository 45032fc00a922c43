//! Finding records again.

use super::{
    Audit, WHAT,
    line::Line,
    state::{Place, id_hash},
};
use crate::store::durable::KeepError;
use perch_shared::api::{ChangeId, Record};
use std::{fs::File, io, ops::ControlFlow, os::unix::fs::FileExt, sync::Arc};

/// What is searched through.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Search<'a> {
    /// Only what comes before this sequence number.
    pub(crate) before: Option<u64>,
    /// Only records whose line contains this.
    pub(crate) word: &'a str,
    /// How many bytes of the file at most.
    pub(crate) bytes: usize,
}

impl<'a> Search<'a> {
    /// All records whose line contains a word.
    pub(crate) fn all(word: &'a str) -> Self {
        Self { before: None, word, bytes: usize::MAX }
    }
}

impl Audit {
    /// The record of a change; `None`: there is none.
    pub(crate) fn find(&self, id: &ChangeId) -> Result<Option<Line>, KeepError> {
        let (reading, places) = {
            let state = self.lock();
            let wanted = id_hash(id);
            let places: Vec<Place> =
                state.places.iter().filter(|place| place.id == wanted).copied().collect();
            (state.reading.clone(), places)
        };
        for place in places.into_iter().rev() {
            let line = self.read(&reading, place)?;
            if line.record.id == *id {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// Goes through the records from the latest on, until `visit` says that it has enough. Gives back the sequence
    /// number it ended at; `None`: it went through all. A line that cannot be read is passed over; [`Self::found`]
    /// tells of it.
    pub(crate) fn scan(
        &self,
        Search { before, word, bytes: mut left }: Search<'_>,
        mut visit: impl FnMut(Record) -> ControlFlow<()>,
    ) -> Result<Option<u64>, KeepError> {
        let (reading, places) = self.places(before);
        let mut bytes = Vec::new();
        for (place, is_first) in places.iter().rev().zip((0..places.len()).rev().map(|index| index == 0)) {
            read_line(&reading, *place, &mut bytes).map_err(KeepError::io(WHAT, &self.path))?;
            let record = if is_in(word, &bytes) { serde_json::from_slice(&bytes).ok() } else { None };
            let enough = record.is_some_and(|record| visit(record).is_break());
            left = left.saturating_sub(place.length as usize);
            if (enough || left == 0) && !is_first {
                return Ok(Some(place.sequence));
            }
            if enough {
                break;
            }
        }
        Ok(None)
    }

    /// The places of the records before a sequence number, and the file that they are in.
    fn places(&self, before: Option<u64>) -> (Arc<File>, Vec<Place>) {
        let state = self.lock();
        let end = before.map_or(state.places.len(), |before| {
            state.places.partition_point(|place| place.sequence < before)
        });
        (state.reading.clone(), state.places.get(..end).unwrap_or_default().to_vec())
    }

    pub(super) fn read(&self, reading: &File, place: Place) -> Result<Line, KeepError> {
        let mut bytes = Vec::new();
        read_line(reading, place, &mut bytes).map_err(KeepError::io(WHAT, &self.path))?;
        serde_json::from_slice(&bytes).map_err(|error| KeepError::damaged(&self.path, error))
    }
}

/// Whether the bytes hold the word; every bytes hold the empty one.
fn is_in(word: &str, bytes: &[u8]) -> bool {
    word.is_empty() || std::str::from_utf8(bytes).is_ok_and(|text| text.contains(word))
}

fn read_line(file: &File, place: Place, bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.resize(place.length as usize, 0);
    file.read_exact_at(bytes, place.offset)
}
