//! `users.json` as it is now: read again when the file was changed, so that `perch user` works while Perch runs.

use super::people::{self, People, PeopleError};
use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// What tells that the file was replaced: modification time, size and inode.
type Stamp = Option<(i64, i64, u64, u64)>;

/// The file, as it is now.
#[derive(Debug, Default)]
pub struct Users {
    path: Option<PathBuf>,
    seen: Mutex<Option<(Stamp, Arc<People>)>>,
    /// Whether there ever were users. An empty list does not open Perch again before it is restarted: a file that is
    /// lost must not let everybody in.
    closed: AtomicBool,
}

impl Users {
    /// The users of a state directory's file.
    pub fn new(path: PathBuf) -> Self {
        Self { path: Some(path), ..Self::default() }
    }

    /// Everybody, as the file is now.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn now(&self) -> Result<Arc<People>, PeopleError> {
        let Some(path) = &self.path else { return Ok(Arc::default()) };
        let stamp =
            fs::metadata(path).ok().map(|meta| (meta.mtime(), meta.mtime_nsec(), meta.size(), meta.ino()));
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, people)) = seen.as_ref().filter(|(seen, _)| *seen == stamp) {
            return Ok(people.clone());
        }
        let people = Arc::new(people::read(path)?);
        if !people.users.is_empty() {
            self.close();
        }
        *seen = Some((stamp, people.clone()));
        Ok(people)
    }

    /// The file; `None`: there is none, and never will be.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether everybody may do everything: there are no users, and there were none.
    pub fn are_none(&self) -> bool {
        !self.closed.load(Ordering::Relaxed)
    }

    /// Says that everybody has to sign in, whether there are users or not.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::{User, change};
    use perch_shared::api::Role;

    #[test]
    fn changes_are_seen_and_an_emptied_file_opens_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let users = Users::new(people::path(dir.path()));
        assert!(users.now().unwrap().users.is_empty() && users.are_none());
        let ada = User { name: "ada".parse().unwrap(), role: Role::Viewer, servers: None, password: None };
        change(dir.path(), |people| {
            people.users.push(ada);
            Ok(())
        })
        .unwrap();
        assert!(users.now().unwrap().user("ada").is_some() && !users.are_none());
        fs::remove_file(people::path(dir.path())).unwrap();
        assert!(users.now().unwrap().users.is_empty() && !users.are_none());
    }

    #[test]
    fn a_damaged_file_is_an_error_every_time() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(people::path(dir.path()), "{").unwrap();
        let users = Users::new(people::path(dir.path()));
        assert!(users.now().is_err() && users.now().is_err());
    }
}
