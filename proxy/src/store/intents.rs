//! `intents/`: one file for each change under way. Its first line says what is meant, each further one is a step.

use super::{
    durable::{self, KeepError, blocking},
    intent::{Intent, Step},
    log::{Log, Reserve},
};
use perch_shared::api::ChangeId;
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

const WHAT: &str = "what is under way";

/// The changes under way.
#[derive(Debug)]
pub struct Intents {
    dir: PathBuf,
    reserve: Arc<Reserve>,
    open: Mutex<BTreeMap<ChangeId, Arc<Open>>>,
}

/// A change under way.
#[derive(Debug)]
struct Open {
    path: PathBuf,
    intent: Mutex<Intent>,
    /// When it began, unless an earlier run of Perch began it.
    began: Option<Instant>,
    queue: Mutex<Queue>,
    log: Mutex<Log>,
}

/// Steps that wait for the disk. Those of several targets reach it together.
#[derive(Debug, Default)]
struct Queue {
    lines: Vec<u8>,
    /// The number of the last step in `lines`.
    last: u64,
    /// The steps up to this one have been tried.
    tried: u64,
    /// The ranges of steps that did not reach the disk, and why.
    lost: Vec<(std::ops::RangeInclusive<u64>, io::ErrorKind)>,
}

impl Intents {
    /// Reads what an earlier run of Perch has left open.
    ///
    /// # Errors
    /// When a file cannot be read, or is damaged. It is left as it is.
    pub(super) fn read(dir: PathBuf, reserve: Arc<Reserve>) -> Result<Self, KeepError> {
        durable::clean_dir(&dir).map_err(KeepError::io(WHAT, &dir))?;
        let mut open = BTreeMap::new();
        for file in fs::read_dir(&dir).map_err(KeepError::io(WHAT, &dir))? {
            let path = file.map_err(KeepError::io(WHAT, &dir))?.path();
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                let (id, one) = Open::read(path, reserve.clone())?;
                open.insert(id, Arc::new(one));
            }
        }
        Ok(Self { dir, reserve, open: Mutex::new(open) })
    }

    /// Takes the room that finishing something needs.
    pub(super) fn ready(&self) -> Result<(), KeepError> {
        self.reserve.take().map_err(KeepError::io(WHAT, &self.dir))
    }

    /// Writes down what is about to be done. Kea must not be touched before this has returned.
    ///
    /// # Errors
    /// When it cannot be written, or there is no room to finish it.
    pub(super) fn begin(&self, intent: Intent) -> Result<(), KeepError> {
        let path = self.dir.join(format!("{}.jsonl", intent.id));
        let failed = |error: io::Error| KeepError::io(WHAT, &path)(error);
        self.ready()?;
        let mut line = serde_json::to_vec(&intent).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        durable::replace(&path, &line).map_err(failed)?;
        let log = Log::open(&path, line.len() as u64, self.reserve.clone()).map_err(failed)?;
        let id = intent.id.clone();
        let open = Open::new(path, intent, Some(Instant::now()), log);
        self.lock().insert(id, Arc::new(open));
        Ok(())
    }

    /// Writes steps down, in order; they are on disk when this returns. Before Kea was touched, a failure must end
    /// the change; afterwards it must not.
    ///
    /// # Errors
    /// When they cannot be written, or there is no such change under way.
    pub async fn steps(&self, id: &ChangeId, steps: Vec<Step>) -> Result<(), KeepError> {
        let open = self.find(id)?;
        blocking(move || open.steps(&steps)).await
    }

    /// Writes one step down, as [`Self::steps`].
    ///
    /// # Errors
    /// Those of [`Self::steps`].
    pub async fn step(&self, id: &ChangeId, step: Step) -> Result<(), KeepError> {
        self.steps(id, vec![step]).await
    }

    /// The changes under way, the oldest first. At the start: what an earlier run of Perch has left open.
    pub fn open(&self) -> Vec<Intent> {
        let open: Vec<_> = self.lock().values().cloned().collect();
        open.iter().map(|open| lock(&open.intent).clone()).collect()
    }

    /// A change under way.
    pub fn get(&self, id: &ChangeId) -> Option<Intent> {
        self.find(id).ok().map(|open| lock(&open.intent).clone())
    }

    /// How many milliseconds a change has taken so far, when this run of Perch began it.
    pub(super) fn duration(&self, id: &ChangeId) -> Option<u64> {
        let began = self.find(id).ok()?.began?;
        u64::try_from(began.elapsed().as_millis()).ok()
    }

    /// Removes the file of a change that has ended.
    pub(super) fn remove(&self, id: &ChangeId) -> Result<(), KeepError> {
        let open = self.find(id)?;
        durable::remove(&open.path).map_err(KeepError::io(WHAT, &open.path))?;
        self.lock().remove(id);
        Ok(())
    }

    /// Calls `visit` with the text of every change under way.
    pub(super) fn each_text(&self, mut visit: impl FnMut(&str)) -> Result<(), KeepError> {
        for intent in self.open() {
            let steps = intent.steps.iter().map(serde_json::to_string);
            for text in std::iter::once(serde_json::to_string(&intent)).chain(steps) {
                visit(&text.map_err(|error| KeepError::io(WHAT, &self.dir)(error.into()))?);
            }
        }
        Ok(())
    }

    fn find(&self, id: &ChangeId) -> Result<Arc<Open>, KeepError> {
        self.lock().get(id).cloned().ok_or_else(|| KeepError::Missing(format!("change `{id}` under way")))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<ChangeId, Arc<Open>>> {
        lock(&self.open)
    }
}

impl Open {
    fn new(path: PathBuf, intent: Intent, began: Option<Instant>, log: Log) -> Self {
        let (intent, log) = (Mutex::new(intent), Mutex::new(log));
        Self { path, intent, began, queue: Mutex::default(), log }
    }

    fn read(path: PathBuf, reserve: Arc<Reserve>) -> Result<(ChangeId, Self), KeepError> {
        let text = fs::read(&path).map_err(KeepError::io(WHAT, &path))?;
        let (intent, length) = parse(&path, &text)?;
        let log = Log::open(&path, length, reserve).map_err(KeepError::io(WHAT, &path))?;
        Ok((intent.id.clone(), Self::new(path, intent, None, log)))
    }

    fn steps(&self, steps: &[Step]) -> Result<(), KeepError> {
        let failed = |error: io::Error| KeepError::io(WHAT, &self.path)(error);
        let mut lines = Vec::new();
        for step in steps {
            serde_json::to_writer(&mut lines, step).map_err(|error| failed(error.into()))?;
            lines.push(b'\n');
        }
        let number = {
            let mut queue = lock(&self.queue);
            queue.lines.extend(lines);
            queue.last += 1;
            lock(&self.intent).steps.extend_from_slice(steps);
            queue.last
        };
        self.flush(number).map_err(|kind| failed(kind.into()))
    }

    /// Waits until a step has reached the disk, or brings it there with all that wait.
    fn flush(&self, number: u64) -> Result<(), io::ErrorKind> {
        let mut log = lock(&self.log);
        let (lines, first, last) = {
            let mut queue = lock(&self.queue);
            (std::mem::take(&mut queue.lines), queue.tried + 1, queue.last)
        };
        let written = if lines.is_empty() { Ok(()) } else { log.append(&lines) };
        let mut queue = lock(&self.queue);
        queue.tried = last;
        if let Err(error) = written {
            queue.lost.push((first..=last, error.kind()));
        }
        let lost = queue.lost.iter().find(|(steps, _)| steps.contains(&number));
        lost.map_or(Ok(()), |(_, kind)| Err(*kind))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The intent in a file, and how many of its bytes are whole lines. What a crash left of a last line is not a step.
fn parse(path: &Path, text: &[u8]) -> Result<(Intent, u64), KeepError> {
    let mut lines = text.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    let first = lines.next().ok_or_else(|| KeepError::damaged(path, "it has no first line"))?;
    let damaged = |number: usize, error: serde_json::Error| {
        let column = error.column();
        KeepError::damaged(path, format!("line {number}, column {column} cannot be read"))
    };
    let mut intent: Intent = serde_json::from_slice(first).map_err(|error| damaged(1, error))?;
    let mut length = first.len();
    for (index, line) in lines.enumerate() {
        let step = serde_json::from_slice(line).map_err(|error| damaged(index + 2, error))?;
        intent.steps.push(step);
        length += line.len();
    }
    Ok((intent, length as u64))
}
