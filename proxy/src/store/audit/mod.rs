//! `audit.jsonl`: one line for everything that was done to Kea or to Perch, each with the hash of the line before.

mod chain;
mod head;
mod line;

pub use chain::{Break, Verdict};
pub(crate) use line::Line;

use super::{
    clock,
    durable::KeepError,
    log::{Log, Reserve},
};
use chain::{Says, judge, links};
use head::HeadFile;
use line::{Torn, hash};
use perch_shared::api::{ChangeId, Kind, Outcome, Record, Via, Who};
use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    io,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

const WHAT: &str = "the history";
const FILE: &str = "audit.jsonl";
const HEAD: &str = "audit.head";

/// The history: a file that only grows, and where in it each record is.
#[derive(Debug)]
pub struct Audit {
    path: PathBuf,
    state: Mutex<State>,
    /// What was wrong with the file when Perch started.
    found: Verdict,
}

#[derive(Debug)]
struct State {
    log: Log,
    reading: Arc<File>,
    head: HeadFile,
    places: Vec<Place>,
    previous: String,
    sequence: u64,
}

/// Where a record is in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    offset: u64,
    length: u32,
    /// Its sequence number.
    pub(crate) sequence: u64,
    /// A hash of its id.
    id: u64,
}

impl Audit {
    /// Reads the file and looks at its chain. A line that a crash tore is closed off: what is left of it stays, and a
    /// record says so.
    ///
    /// # Errors
    /// When it cannot be read or written. A broken chain is no error; [`Self::found`] tells of it.
    pub(super) fn open(dir: &Path, reserve: Arc<Reserve>, clock: &clock::Clock) -> Result<Self, KeepError> {
        let path = dir.join(FILE);
        let io = |error: io::Error| KeepError::io(WHAT, &path)(error);
        let text = read(&path).map_err(io)?;
        let links = links(&text);
        let head = HeadFile::open(&dir.join(HEAD)).map_err(io)?;
        let found = judge(&links, head.read().as_ref());
        let mut places = Vec::new();
        let (mut previous, mut sequence) = (line::NOTHING.to_owned(), 0);
        for link in &links {
            previous.clone_from(&link.hash);
            match &link.says {
                Says::Record(record) => {
                    clock.seen(&record.id);
                    sequence = sequence.max(record.sequence);
                    places.extend(place(link.offset, link.length, record.sequence, &record.id));
                }
                Says::Marker(pruned) => {
                    previous.clone_from(&pruned.hash);
                    sequence = pruned.sequence;
                }
                Says::Nothing => {}
            }
        }
        let log = Log::open(&path, text.len() as u64, reserve).map_err(io)?;
        let reading = Arc::new(File::open(&path).map_err(io)?);
        let state = State { log, reading, head, places, previous, sequence };
        let audit = Self { path, state: Mutex::new(state), found };
        if let Some(torn) = links.last().filter(|link| !link.whole) {
            audit.lock().log.append(b"\n").map_err(KeepError::io(WHAT, &audit.path))?;
            if matches!(torn.says, Says::Nothing) {
                let bytes = torn.length as u64;
                audit.close_off(Torn { bytes, hash: torn.hash.clone() }, clock)?;
            }
        }
        Ok(audit)
    }

    /// Looks at the file of a state directory without touching it, also while Perch runs.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn verify(dir: &Path) -> Result<Verdict, KeepError> {
        let path = dir.join(FILE);
        // The head is read first: what is written between the two is then only more than it names.
        let head = head::read(&dir.join(HEAD)).map_err(KeepError::io(WHAT, &path))?;
        let text = read(&path).map_err(KeepError::io(WHAT, &path))?;
        Ok(judge(&links(&text), head.as_ref()))
    }

    /// What was wrong with the file when Perch started.
    pub fn found(&self) -> &Verdict {
        &self.found
    }

    /// Adds a line; it is on disk when this returns. Its sequence number and the hash before it are set here.
    pub(super) fn append(&self, mut line: Line) -> Result<Record, KeepError> {
        let mut state = self.lock();
        line.record.sequence = state.sequence + 1;
        line.previous.clone_from(&state.previous);
        let io = |error: io::Error| KeepError::io(WHAT, &self.path)(error);
        let mut json = serde_json::to_vec(&line).map_err(|error| io(error.into()))?;
        let (offset, length) = (state.log.length(), json.len());
        let hash = hash(&json);
        json.push(b'\n');
        state.log.append(&json).map_err(io)?;
        state.places.extend(place(offset, length, line.record.sequence, &line.record.id));
        state.sequence = line.record.sequence;
        state.previous = hash;
        let written = state.head.write(state.sequence, &state.previous);
        if let Err(error) = written {
            tracing::warn!(%error, "cannot write audit.head");
        }
        Ok(line.record)
    }

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

    #[expect(dead_code, reason = "the history's requests come next")]
    /// Goes through the records from the latest on that is before the sequence number `before`, until `visit` says
    /// that it has enough. Gives back the sequence number it ended at; `None`: it went through all.
    pub(crate) fn scan(
        &self,
        before: Option<u64>,
        mut visit: impl FnMut(Line, usize) -> std::ops::ControlFlow<()>,
    ) -> Result<Option<u64>, KeepError> {
        let (reading, places) = {
            let state = self.lock();
            let end = before.map_or(state.places.len(), |before| {
                state.places.partition_point(|place| place.sequence < before)
            });
            (state.reading.clone(), state.places.get(..end).unwrap_or_default().to_vec())
        };
        for place in places.iter().rev() {
            let line = self.read(&reading, *place)?;
            if visit(line, place.length as usize).is_break() {
                let is_first = places.first().is_some_and(|first| first.sequence == place.sequence);
                return Ok((!is_first).then_some(place.sequence));
            }
        }
        Ok(None)
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.lock().places.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn read(&self, reading: &File, place: Place) -> Result<Line, KeepError> {
        let mut bytes = vec![0; place.length as usize];
        reading.read_exact_at(&mut bytes, place.offset).map_err(KeepError::io(WHAT, &self.path))?;
        serde_json::from_slice(&bytes).map_err(|error| KeepError::damaged(&self.path, error))
    }

    fn close_off(&self, torn: Torn, clock: &clock::Clock) -> Result<(), KeepError> {
        let io = |error: io::Error| KeepError::io(WHAT, &self.path)(error);
        let sentence =
            format!("Close off a line of the history that a crash tore after {} bytes", torn.bytes);
        let record = Record {
            sequence: 0,
            id: clock.name().map_err(io)?,
            time: clock::now(),
            who: Who { user: String::new(), via: Via::Perch },
            kind: Kind::Files,
            sentences: vec![sentence],
            more: 0,
            touches: Vec::new(),
            places: Vec::new(),
            comment: String::new(),
            of: None,
            snapshot: None,
            outcome: Outcome::Applied,
            duration_ms: 0,
        };
        let line = Line { torn: Some(torn), ..Line::of(record) };
        self.append(line).map(|_| ())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read,
    }
}

fn place(offset: u64, length: usize, sequence: u64, id: &ChangeId) -> Option<Place> {
    Some(Place { offset, length: u32::try_from(length).ok()?, sequence, id: id_hash(id) })
}

/// Only ever compared within one run.
fn id_hash(id: &ChangeId) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}
