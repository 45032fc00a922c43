//! `audit.jsonl`: one line for everything that was done to Kea or to Perch, each with the hash of the line before.

mod chain;
mod head;
mod line;
mod prune;
mod search;
mod state;

pub use chain::{Break, Verdict};
pub(crate) use line::{Details, Line};
pub use prune::Retention;
pub(crate) use search::Search;

use super::{clock::Clock, durable::KeepError, log::Reserve};
use chain::{Says, judge, links};
use head::HeadFile;
use line::Torn;
use perch_shared::api::{Kind, Record};
use state::State;
use std::{
    fs, io,
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

impl Audit {
    /// Reads the file and looks at its chain. A line that a crash tore is closed off: what is left of it stays, and a
    /// record says so. A record says as well what else is wrong with the chain.
    ///
    /// # Errors
    /// When it cannot be read or written. A broken chain is no error; [`Self::found`] tells of it.
    pub(super) fn open(dir: &Path, reserve: Arc<Reserve>, clock: &Clock) -> Result<Self, KeepError> {
        let path = dir.join(FILE);
        let io = |error: io::Error| KeepError::io(WHAT, &path)(error);
        let text = read(&path).map_err(io)?;
        let links = links(&text);
        let head = HeadFile::open(&dir.join(HEAD)).map_err(io)?;
        let known = head::read(&dir.join(HEAD)).map_err(io)?;
        let found = judge(&links, known.as_ref());
        links.iter().filter_map(|link| link.says.record()).for_each(|record| clock.seen(&record.id));
        let mut state = State::new(&path, &links, text.len() as u64, head, reserve).map_err(io)?;
        // Where the last lines were removed, the gap stays to be seen.
        state.sequence = state.sequence.max(known.map_or(0, |known| known.sequence));
        let audit = Self { path, state: Mutex::new(state), found };
        if let Some(torn) = links.last().filter(|link| !link.whole) {
            let torn_off = matches!(torn.says, Says::Nothing);
            let torn = torn_off.then(|| Torn { bytes: torn.length as u64, hash: torn.hash.clone() });
            audit.close_off(torn, clock)?;
        }
        audit.note_damage(clock)?;
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
    pub(super) fn append(&self, line: Line) -> Result<Record, KeepError> {
        self.lock().append(line).map_err(KeepError::io(WHAT, &self.path))
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.lock().places.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Ends a last line that has no line feed. `torn`: it cannot be read.
    fn close_off(&self, torn: Option<Torn>, clock: &Clock) -> Result<(), KeepError> {
        self.lock().end_line().map_err(KeepError::io(WHAT, &self.path))?;
        let Some(torn) = torn else { return Ok(()) };
        let sentence =
            format!("Close off a line of the history that a crash tore after {} bytes", torn.bytes);
        let line = Line { torn: Some(torn), ..Line::of(self.own(sentence, clock)?) };
        self.append(line).map(|_| ())
    }

    /// Writes down what was wrong with the chain, unless that was done at an earlier start.
    fn note_damage(&self, clock: &Clock) -> Result<(), KeepError> {
        for found in &self.found.breaks {
            let sentence = format!("Find the history damaged: {}", found.what);
            tracing::error!("the history is damaged: {found}");
            if !self.says(&sentence)? {
                self.append(Line::of(self.own(sentence, clock)?))?;
            }
        }
        Ok(())
    }

    /// Whether a record about Perch's own files says this.
    fn says(&self, sentence: &str) -> Result<bool, KeepError> {
        let mut found = false;
        self.scan(Search::all("\"kind\":\"files\""), |record| {
            found =
                found || (record.kind == Kind::Files && record.sentences.iter().any(|one| one == sentence));
            std::ops::ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// A record of something that Perch itself did to the history.
    fn own(&self, sentence: String, clock: &Clock) -> Result<Record, KeepError> {
        let id = clock.name().map_err(KeepError::io(WHAT, &self.path))?;
        Ok(line::own(id, super::clock::now(), sentence))
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
