//! `servers.json`: read strictly, replaced atomically, readable by its owner only.

use super::{
    ServerRecord,
    durable::{chance, hex, make_dir, private, replace},
};
use perch_shared::api::Origin;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

const VERSION: u32 = 1;

/// Why the state directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The operating system refuses.
    #[error(
        "cannot use the state directory: {path}: {error}\n  help: make it writable for this user, or name another one with `--state`"
    )]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// Another Perch uses it.
    #[error(
        "another Perch uses the state directory {0}\n  help: stop it, or give this one a directory of its own with `--state`"
    )]
    InUse(PathBuf),
    /// The inventory is damaged. It is left as it is.
    #[error(
        "{path}:{line}:{column}: the list of servers is damaged: {what}\n  help: mend the file, or move it away and \
         add the servers again; Perch does not touch it as it is"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
}

#[derive(Debug, Serialize)]
struct Written<'a> {
    version: u32,
    servers: Vec<&'a ServerRecord>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    version: u32,
    servers: Vec<ServerRecord>,
}

/// The state directory, held by this process alone.
#[derive(Debug)]
pub struct StateDir {
    path: PathBuf,
    is_temporary: bool,
    _lock: File,
}

impl StateDir {
    /// Makes the directory when it is missing, and takes it for this process.
    ///
    /// # Errors
    /// When it cannot be made or written, or another process has it.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |error| OpenError::Io { path, error }
        };
        make_dir(path).map_err(io(path))?;
        let lock_path = path.join("lock");
        let lock = private().create(true).truncate(false).open(&lock_path).map_err(io(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), is_temporary: false, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse(path.to_owned())),
            Err(TryLockError::Error(error)) => Err(io(&lock_path)(error)),
        }
    }

    /// Makes a directory that goes with this value.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn temporary() -> Result<Self, OpenError> {
        let parent = std::env::temp_dir();
        let name = chance::<16>().map_err(|error| OpenError::Io { path: parent.clone(), error })?;
        let mut dir = Self::open(&parent.join(format!("perch-{}", hex(&name))))?;
        dir.is_temporary = true;
        Ok(dir)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn servers(&self) -> PathBuf {
        self.file("servers.json")
    }

    /// Reads the inventory; no file is an empty inventory.
    ///
    /// # Errors
    /// When the file cannot be read, or is damaged.
    pub fn read(&self) -> Result<Vec<ServerRecord>, OpenError> {
        let path = self.servers();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(OpenError::Io { path, error }),
        };
        let damaged =
            |line, column, what: String| OpenError::Damaged { path: path.clone(), line, column, what };
        let read: Read = serde_json::from_slice(&bytes)
            .map_err(|error| damaged(error.line(), error.column(), describe(&error)))?;
        if read.version != VERSION {
            return Err(damaged(
                1,
                1,
                format!("version {} is not this Perch's version {VERSION}", read.version),
            ));
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = read.servers.iter().find(|record| !seen.insert(&record.server.id)) {
            return Err(damaged(1, 1, format!("the id `{}` is there twice", twice.server.id)));
        }
        Ok(read.servers)
    }

    /// Replaces the inventory by these records as a whole: after a crash there is the old or the new one.
    ///
    /// # Errors
    /// When the operating system refuses; the old one is still there then.
    pub fn write<'a>(&self, records: impl Iterator<Item = &'a ServerRecord>) -> io::Result<()> {
        let servers = records.filter(|record| record.server.origin == Origin::Inventory).collect();
        let mut json = serde_json::to_vec_pretty(&Written { version: VERSION, servers })?;
        json.push(b'\n');
        replace(&self.servers(), &json)
    }
}

impl Drop for StateDir {
    fn drop(&mut self) {
        if self.is_temporary {
            // It holds nothing that anybody needs.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// The parser's words, unless they could repeat a password.
fn describe(error: &serde_json::Error) -> String {
    match error.classify() {
        serde_json::error::Category::Data => {
            let text = error.to_string();
            match text.split_once('`').filter(|_| !text.contains('"')) {
                Some(_) => text,
                None => "a value has the wrong form".to_owned(),
            }
        }
        _ => error.to_string(),
    }
}
