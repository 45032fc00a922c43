//! Perch's memory of what it does: the changes under way, what was there before them, and the history.

use super::{
    StateDir,
    audit::{Audit, Line},
    clock::{self, Clock},
    durable::{KeepError, blocking},
    intent::{EditList, Intent, IntentPlan, Target},
    intents::Intents,
    log::Reserve,
    snapshots::Snapshots,
    vault::Vault,
};
use perch_shared::{
    api::{ChangeId, Kind, Outcome, Place, Record, SnapshotId, Who},
    change::Edit,
};
use serde_json::Value;
use std::{io, path::PathBuf, sync::Arc};

/// How many sentences a record holds; the rest is counted, and stands in the edits.
const SENTENCES: usize = 100;

/// How many bytes of edits stand in the record itself.
const EDITS: usize = 64 << 10;

/// Perch's memory of what it does.
#[derive(Debug)]
pub struct Archive {
    /// The state directory, held for as long as this is used.
    dir: Arc<StateDir>,
    clock: Clock,
    vault: Arc<Vault>,
    /// Configurations as they were.
    pub snapshots: Snapshots,
    /// The changes under way.
    pub intents: Intents,
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
        let archive = Self { dir, clock, vault, snapshots, intents, audit };
        archive.forget_finished()?;
        Ok(archive)
    }

    /// A list of edits as it is kept: in words, and with its secrets in the vault.
    ///
    /// # Errors
    /// When the secrets cannot be written.
    pub fn seal(&self, edits: &[Edit]) -> Result<EditList, KeepError> {
        let sentences = edits.iter().map(Edit::describe).collect();
        let mut touches: Vec<String> = edits.iter().flat_map(Edit::touches).collect();
        touches.dedup();
        let json = edits.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>();
        let mut list =
            EditList { sentences, touches, edits: json.map_err(|error| self.broken(error.into()))? };
        list.edits.iter_mut().try_for_each(|edit| self.vault.seal("", edit))?;
        Ok(list)
    }

    /// The edits of a list, with their secrets. Must not leave the proxy.
    ///
    /// # Errors
    /// When a secret is missing, or the edits are of another Perch's making.
    pub fn unseal(&self, list: &EditList) -> Result<Vec<Edit>, KeepError> {
        let open = |edit: &Value| {
            let mut edit = edit.clone();
            self.vault.unseal("", &mut edit)?;
            serde_json::from_value(edit).map_err(|error| self.broken(error.into()))
        };
        list.edits.iter().map(open).collect()
    }

    /// Edits as the page sends them: where it left a secret's name in place, the secret is put back.
    ///
    /// # Errors
    /// When there is no such secret.
    pub fn with_secrets(&self, edits: &[Edit]) -> Result<Vec<Edit>, KeepError> {
        let json = edits.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>();
        let edits = json.map_err(|error| self.broken(error.into()))?;
        self.unseal(&EditList { edits, ..EditList::default() })
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
            let line =
                this.line(intent.id.clone(), intent.time.clone(), event(&intent, outcome, duration))?;
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
            let line = this.line(id, clock::now(), event)?;
            this.audit.append(line)
        })
        .await
    }

    /// A line of the history. Long lists of edits stand in a file of their own.
    fn line(&self, id: ChangeId, time: String, event: Event) -> Result<Line, KeepError> {
        let Event { who, kind, mut sentences, lists, places, comment, of, snapshot, outcome, duration_ms } =
            event;
        let mut touches = Vec::new();
        let mut json = Vec::new();
        for list in lists {
            sentences.extend(list.sentences);
            touches.extend(list.touches);
            json.push(list.edits);
        }
        let more = sentences.len().saturating_sub(SENTENCES);
        sentences.truncate(SENTENCES);
        let record = Record {
            sequence: 0,
            id,
            time,
            who,
            kind,
            sentences,
            more,
            touches,
            places,
            comment,
            of,
            snapshot,
            outcome,
            duration_ms,
        };
        let text = serde_json::to_vec(&json).map_err(|error| self.broken(error.into()))?;
        let lists_in = if text.len() > EDITS { Some(self.snapshots.keep_text(&text)?) } else { None };
        let lists = if lists_in.is_some() { Vec::new() } else { json };
        Ok(Line { lists, lists_in, ..Line::of(record) })
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

    fn broken(&self, error: io::Error) -> KeepError {
        KeepError::io("what is to be done", &PathBuf::from(self.dir.path()))(error)
    }
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
    Event { who, kind, sentences: Vec::new(), lists, places, comment, of, snapshot, outcome, duration_ms }
}
