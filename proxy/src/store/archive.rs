//! Perch's memory of what it does: the changes under way, what was there before them, and the history.

use super::{
    StateDir,
    audit::{Audit, Details, Line},
    clock::{self, Clock},
    durable::{KeepError, blocking},
    intent::{EditList, Intent, IntentPlan, Step, Target},
    intents::Intents,
    log::Reserve,
    missed::Missed,
    snapshots::Snapshots,
    vault::Vault,
};
use perch_shared::api::{ChangeId, ChangeStep, Kind, Outcome, Place, Record, SnapshotId, Who};
use serde_json::Value;
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// How many sentences a record holds; the rest is counted, and stands in the edits.
const SENTENCES: usize = 100;

/// How many bytes of edits and steps stand in the line itself.
const DETAILS: usize = 64 << 10;

/// Perch's memory of what it does.
#[derive(Debug)]
pub struct Archive {
    /// The state directory, held for as long as this is used.
    dir: Arc<StateDir>,
    pub(super) clock: Clock,
    pub(super) vault: Arc<Vault>,
    /// Configurations as they were.
    pub snapshots: Snapshots,
    /// The changes under way.
    pub intents: Intents,
    /// What daemons have missed.
    pub missed: Arc<Missed>,
    /// What was done.
    pub audit: Audit,
}

/// Something that was done, or refused, without an intent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Event {
    /// Who did it.
    pub who: Who,
    /// What kind of thing it is.
    pub kind: Kind,
    /// What it is, in one sentence each, where there are no edits.
    pub sentences: Vec<String>,
    /// The lists of edits.
    pub lists: Vec<EditList>,
    /// What else is kept of it, such as a forwarded command. Must not hold a secret.
    pub details: Vec<Value>,
    /// Where, and how it went there.
    pub places: Vec<Place>,
    /// What the operator wrote about it.
    pub comment: String,
    /// The earlier change that it belongs to.
    pub of: Option<ChangeId>,
    /// The snapshot that it brings back.
    pub snapshot: Option<SnapshotId>,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

impl Event {
    /// Adds how long it took.
    #[must_use]
    pub fn lasting(mut self, duration: Duration) -> Self {
        self.duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self
    }
}

impl Archive {
    /// Opens the files of a state directory. Changes that were left open are in `intents`.
    ///
    /// # Errors
    /// When a file cannot be read or written, or is damaged.
    pub fn open(dir: Arc<StateDir>) -> Result<Self, KeepError> {
        let clock = Clock::default();
        let reserve = Arc::new(Reserve::new(dir.file("reserve")));
        let vault = Arc::new(Vault::open(dir.file("vault.json"))?);
        let snapshots = Snapshots::open(dir.file("snapshots"), vault.clone())?;
        let intents = Intents::read(dir.file("intents"), reserve.clone())?;
        let audit = Audit::open(dir.path(), reserve, &clock)?;
        let missed = Arc::new(Missed::open(dir.clone())?);
        let archive = Self { dir, missed, clock, vault, snapshots, intents, audit };
        archive.forget_finished()?;
        Ok(archive)
    }

    /// The state directory.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Takes the room for the history's next lines. Whatever changes something without an intent asks first, so that
    /// it does not happen unrecorded.
    ///
    /// # Errors
    /// When there is no room, or the directory cannot be written.
    pub async fn ready(self: &Arc<Self>) -> Result<(), KeepError> {
        let this = self.clone();
        blocking(move || this.intents.ready()).await
    }

    /// Writes down what is about to be done to Kea, and takes the room to finish it. Nothing may be sent to Kea that
    /// could change it before this has returned.
    ///
    /// # Errors
    /// When it cannot be written: the change must not be carried out then.
    pub async fn begin(self: &Arc<Self>, plan: IntentPlan) -> Result<ChangeId, KeepError> {
        let this = self.clone();
        blocking(move || {
            let id = this.clock.name().map_err(|error| this.broken(error))?;
            this.intents.begin(Intent { id: id.clone(), time: clock::now(), plan, steps: Vec::new() })?;
            Ok(id)
        })
        .await
    }

    /// Closes a change: a line in the history, then the intent goes. `outcome` is that of the whole; each target's
    /// own is that of its last step. Gives back the record.
    ///
    /// # Errors
    /// When it cannot be written. The intent is still there then, and the next start closes it.
    pub async fn finish(self: &Arc<Self>, id: &ChangeId, outcome: Outcome) -> Result<Record, KeepError> {
        let (this, id) = (self.clone(), id.clone());
        blocking(move || {
            let intent = this
                .intents
                .get(&id)
                .ok_or_else(|| KeepError::Missing(format!("change `{id}` under way")))?;
            let duration = this.intents.duration(&id).unwrap_or_default();
            let steps = intent.steps.iter().map(step).collect();
            let event = event(&intent, outcome, duration);
            let line = this.line(intent.id.clone(), intent.time.clone(), event, steps)?;
            let record = this.audit.append(line)?;
            if let Err(error) = this.intents.remove(&id) {
                tracing::warn!(%error, "a finished change is still written down as under way");
            }
            Ok(record)
        })
        .await
    }

    /// Writes something into the history that had no intent.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn note(self: &Arc<Self>, event: Event) -> Result<Record, KeepError> {
        let this = self.clone();
        blocking(move || {
            let id = this.clock.name().map_err(|error| this.broken(error))?;
            let line = this.line(id, clock::now(), event, Vec::new())?;
            this.audit.append(line)
        })
        .await
    }

    /// A line of the history. Long lists of edits stand in a file of their own.
    fn line(
        &self,
        id: ChangeId,
        time: String,
        event: Event,
        steps: Vec<ChangeStep>,
    ) -> Result<Line, KeepError> {
        let (record, lists) = record(id, time, event);
        let details = Details { lists, steps };
        let text = serde_json::to_vec(&details).map_err(|error| self.broken(error.into()))?;
        let (details, details_in) = if text.len() > DETAILS {
            (Details::default(), Some(self.snapshots.keep_text(&text)?))
        } else {
            (details, None)
        };
        Ok(Line { details, details_in, ..Line::of(record) })
    }

    /// A record of the history with all there is to it.
    pub(crate) fn find(&self, id: &ChangeId) -> Result<Option<(Record, Details)>, KeepError> {
        let Some(line) = self.audit.find(id)? else { return Ok(None) };
        let Some(text) = line.details_in else { return Ok(Some((line.record, line.details))) };
        let details = serde_json::from_slice(&self.snapshots.text(&text)?)
            .map_err(|error| self.broken(error.into()))?;
        Ok(Some((line.record, details)))
    }

    /// A change whose line is in the history has ended, even if Perch was killed before its intent was gone.
    fn forget_finished(&self) -> Result<(), KeepError> {
        for intent in self.intents.open() {
            self.clock.seen(&intent.id);
            if self.audit.find(&intent.id)?.is_some() {
                self.intents.remove(&intent.id)?;
            }
        }
        Ok(())
    }

    pub(super) fn broken(&self, error: io::Error) -> KeepError {
        KeepError::io("what is to be done", &PathBuf::from(self.dir.path()))(error)
    }
}

/// A record of an event, and its lists of edits.
fn record(id: ChangeId, time: String, event: Event) -> (Record, Vec<Vec<Value>>) {
    let mut sentences = event.sentences;
    let (mut touches, mut lists) = (Vec::new(), Vec::new());
    for list in event.lists {
        sentences.extend(list.sentences);
        touches.extend(list.touches);
        lists.push(list.edits);
    }
    if !event.details.is_empty() {
        lists.push(event.details);
    }
    let more = sentences.len().saturating_sub(SENTENCES);
    sentences.truncate(SENTENCES);
    let record = Record {
        sequence: 0,
        id,
        time,
        who: event.who,
        kind: event.kind,
        sentences,
        more,
        touches,
        places: event.places,
        comment: event.comment,
        of: event.of,
        snapshot: event.snapshot,
        outcome: event.outcome,
        duration_ms: event.duration_ms,
    };
    (record, lists)
}

fn step(step: &Step) -> ChangeStep {
    ChangeStep { place: step.target, phase: step.phase, text: step.text.clone() }
}

/// How a change went, from its steps.
fn event(intent: &Intent, outcome: Outcome, duration_ms: u64) -> Event {
    let IntentPlan { who, kind, comment, of, snapshot, lists, targets } = intent.plan.clone();
    let place = |(index, target): (usize, Target)| Place {
        server: target.server,
        family: Some(target.family),
        before: target.before,
        after: intent.read(index).cloned().unwrap_or_default(),
        outcome: intent.outcome(index).unwrap_or(outcome),
        text: intent.last(index).map(|step| step.text.clone()).unwrap_or_default(),
        list: target.list,
    };
    let places = targets.into_iter().enumerate().map(place).collect();
    Event { who, kind, lists, places, comment, of, snapshot, outcome, duration_ms, ..Event::default() }
}
