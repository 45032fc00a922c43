//! `missed.json`: the changes that daemons missed because they did not answer, each to be caught up with.

use super::{
    StateDir,
    durable::{self, KeepError, blocking},
    intent::EditList,
};
use perch_shared::{
    Family,
    api::{ChangeId, ServerId, Who},
};
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    sync::{Arc, Mutex, PoisonError},
};

const WHAT: &str = "what a server has missed";

/// A change that a daemon missed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MissedChange {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// The change's name in the history.
    pub of: ChangeId,
    /// When it was made: UTC as RFC 3339.
    pub time: String,
    /// Who made it.
    pub who: Who,
    /// What they wrote about it.
    #[serde(default)]
    pub comment: String,
    /// The edits, with their secrets in the vault.
    pub list: EditList,
}

impl MissedChange {
    /// Whether it was missed by this daemon.
    pub fn is_of(&self, server: &ServerId, family: Family) -> bool {
        self.server == *server && self.family == family
    }
}

/// What daemons have missed, the oldest first.
#[derive(Debug)]
pub struct Missed {
    dir: Arc<StateDir>,
    all: Mutex<Vec<MissedChange>>,
}

impl Missed {
    /// Reads the file; none is an empty list.
    ///
    /// # Errors
    /// When it cannot be read, or is damaged. It is left as it is.
    pub(super) fn open(dir: Arc<StateDir>) -> Result<Self, KeepError> {
        let path = dir.file(FILE);
        let all = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| {
                let place = format!("line {}, column {} cannot be read", error.line(), error.column());
                KeepError::damaged(&path, place)
            })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(KeepError::io(WHAT, &path)(error)),
        };
        Ok(Self { dir, all: Mutex::new(all) })
    }

    /// All of it.
    pub fn all(&self) -> Vec<MissedChange> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Adds changes; what is there already is not added again.
    ///
    /// # Errors
    /// When the file cannot be written; nothing was added then.
    pub async fn add(self: &Arc<Self>, new: Vec<MissedChange>) -> Result<(), KeepError> {
        self.change(move |all| {
            for one in new {
                let same = |old: &MissedChange| old.of == one.of && old.is_of(&one.server, one.family);
                if !all.iter().any(same) {
                    all.push(one);
                }
            }
        })
        .await
    }

    /// Forgets changes that a daemon missed.
    ///
    /// # Errors
    /// When the file cannot be written; nothing was forgotten then.
    pub async fn forget(
        self: &Arc<Self>,
        server: ServerId,
        family: Family,
        which: Vec<ChangeId>,
    ) -> Result<(), KeepError> {
        self.change(move |all| all.retain(|one| !(one.is_of(&server, family) && which.contains(&one.of))))
            .await
    }

    async fn change(
        self: &Arc<Self>,
        change: impl FnOnce(&mut Vec<MissedChange>) + Send + 'static,
    ) -> Result<(), KeepError> {
        let this = self.clone();
        blocking(move || {
            let mut all = this.all.lock().unwrap_or_else(PoisonError::into_inner);
            let mut changed = all.clone();
            change(&mut changed);
            if changed != *all {
                let path = this.dir.file(FILE);
                let failed = |error: io::Error| KeepError::io(WHAT, &path)(error);
                let json = serde_json::to_vec_pretty(&changed).map_err(|error| failed(error.into()))?;
                durable::replace(&path, &json).map_err(failed)?;
                *all = changed;
            }
            Ok(())
        })
        .await
    }
}

const FILE: &str = "missed.json";
