//! The open file, and where in it each record is.

use super::{
    chain::{Link, Says},
    head::HeadFile,
    line::{Line, NOTHING, hash},
};
use crate::store::log::{Log, Reserve};
use jiff::Timestamp;
use perch_shared::api::{ChangeId, Record};
use std::{
    fs::File,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::Path,
    sync::Arc,
};

/// The open file.
#[derive(Debug)]
pub(super) struct State {
    pub(super) log: Log,
    pub(super) reading: Arc<File>,
    pub(super) head: HeadFile,
    /// Where each record is, the oldest first.
    pub(super) places: Vec<Place>,
    /// The hash of the last line.
    pub(super) previous: String,
    /// The sequence number of the last record.
    pub(super) sequence: u64,
}

/// Where a record is in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) offset: u64,
    pub(super) length: u32,
    /// Whether it has edits.
    pub(super) is_change: bool,
    pub(super) sequence: u64,
    /// When it began, in milliseconds; the latest there is where that cannot be read.
    pub(super) millis: i64,
    /// A hash of its id.
    pub(super) id: u64,
}

impl State {
    /// Opens a file whose lines are known.
    pub(super) fn new(
        path: &Path,
        links: &[Link],
        length: u64,
        head: HeadFile,
        reserve: Arc<Reserve>,
    ) -> io::Result<Self> {
        let (mut previous, mut sequence) = (NOTHING.to_owned(), 0);
        let mut places = Vec::new();
        for link in links {
            previous.clone_from(&link.hash);
            match &link.says {
                Says::Record(record) => {
                    sequence = sequence.max(record.sequence);
                    places.push(Place {
                        offset: link.offset,
                        length: short(link.length),
                        is_change: record.is_change,
                        sequence: record.sequence,
                        millis: millis(&record.time),
                        id: id_hash(&record.id),
                    });
                }
                Says::Marker(pruned) => {
                    previous.clone_from(&pruned.hash);
                    sequence = pruned.sequence;
                }
                Says::Nothing => {}
            }
        }
        let log = Log::open(path, length, reserve)?;
        let reading = Arc::new(File::open(path)?);
        Ok(Self { log, reading, head, places, previous, sequence })
    }

    /// Adds a line and its number and link.
    pub(super) fn append(&mut self, line: Line) -> io::Result<Record> {
        let offset = self.log.length();
        let (line, mut json) = self.linked(line)?;
        let (length, hash) = (short(json.len()), hash(&json));
        json.push(b'\n');
        self.log.append(&json)?;
        let record = line.record;
        self.places.push(Place {
            offset,
            length,
            is_change: record.kind.has_edits(),
            sequence: record.sequence,
            millis: millis(&record.time),
            id: id_hash(&record.id),
        });
        self.sequence = record.sequence;
        self.previous = hash;
        self.write_head();
        Ok(record)
    }

    /// The line with its number and its link, and its text.
    pub(super) fn linked(&self, mut line: Line) -> io::Result<(Line, Vec<u8>)> {
        line.record.sequence = self.sequence + 1;
        line.previous.clone_from(&self.previous);
        let json = serde_json::to_vec(&line)?;
        Ok((line, json))
    }

    /// Ends a last line that has no line feed.
    pub(super) fn end_line(&mut self) -> io::Result<()> {
        self.log.append(b"\n")
    }

    pub(super) fn write_head(&self) {
        if let Err(error) = self.head.write(self.sequence, &self.previous) {
            tracing::warn!(%error, "cannot write audit.head");
        }
    }
}

/// Lines are far shorter than this can hold.
fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn millis(time: &str) -> i64 {
    time.parse::<Timestamp>().map_or(i64::MAX, Timestamp::as_millisecond)
}

/// Only ever compared within one run.
pub(super) fn id_hash(id: &ChangeId) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}
