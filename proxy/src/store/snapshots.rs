//! `snapshots/`: configurations as they were, each under the hash of its content, without their secrets.

use super::{
    durable::{self, KeepError, blocking},
    vault::{self, Vault},
};
use crate::{kea::Packed, work::work};
use perch_shared::{Family, api::SnapshotId, config::Config};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Semaphore;

const WHAT: &str = "a copy of the configuration";
/// How many are written at once.
const SEATS: usize = 16;

/// A configuration as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The configuration, with its secrets, unless it was asked for without.
    pub config: Config,
    /// The daemon's hash of it; `None`: it was only meant, and never read from a daemon.
    pub hash: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Written {
    family: Family,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hash: Option<String>,
    /// The names of its secrets. Stands before the configuration, so that it is found without reading all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    secrets: BTreeSet<String>,
    config: Value,
}

/// The snapshots of a state directory.
#[derive(Debug, Clone)]
pub struct Snapshots {
    dir: PathBuf,
    vault: Arc<Vault>,
    /// Those that were kept lately: nothing may name them yet, although something is about to.
    recent: Arc<Mutex<BTreeSet<SnapshotId>>>,
    /// As many are written at once as the disk is kept busy with.
    seats: Arc<Semaphore>,
}

impl Snapshots {
    pub(super) fn open(dir: PathBuf, vault: Arc<Vault>) -> Result<Self, KeepError> {
        durable::clean_dir(&dir).map_err(KeepError::io(WHAT, &dir))?;
        Ok(Self { dir, vault, recent: Arc::default(), seats: Arc::new(Semaphore::new(SEATS)) })
    }

    /// Keeps a configuration; `hash` is the daemon's, when it was read from one. It is on disk when this returns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn keep(&self, config: &Packed, hash: Option<&str>) -> Result<SnapshotId, KeepError> {
        let (this, config, hash) = (self.clone(), config.clone(), hash.map(str::to_owned));
        let _seat = self.seats.acquire().await;
        let text = work(move || this.written(&config, hash)).await?;
        let this = self.clone();
        blocking(move || this.keep_text(&text)).await
    }

    /// What is written of a configuration.
    fn written(&self, config: &Packed, hash: Option<String>) -> Result<Vec<u8>, KeepError> {
        let failed = |error: io::Error| KeepError::io(WHAT, &self.dir)(error);
        let Config { family, mut root } = config.tree().map_err(|error| failed(io::Error::other(error)))?;
        self.vault.seal("", &mut root)?;
        let secrets = vault::names("", &mut root);
        let written = Written { family, hash, secrets, config: root };
        serde_json::to_vec(&written).map_err(|error| failed(error.into()))
    }

    /// Keeps a text without secrets under the hash of its content.
    pub(super) fn keep_text(&self, text: &[u8]) -> Result<SnapshotId, KeepError> {
        let id = SnapshotId::new(durable::hex(&Sha256::digest(text)))
            .map_err(|error| KeepError::io(WHAT, &self.dir)(io::Error::other(error)))?;
        self.lock().insert(id.clone());
        let path = self.path(&id);
        if !fs::read(&path).is_ok_and(|there| there == text) {
            durable::replace(&path, text).map_err(KeepError::io(WHAT, &path))?;
        }
        Ok(id)
    }

    /// A snapshot with its secrets, as it is given back to Kea. Must not leave the proxy.
    ///
    /// # Errors
    /// When it is not there, is not what was kept, or a secret is missing.
    pub async fn get(&self, id: &SnapshotId) -> Result<Snapshot, KeepError> {
        let (this, id) = (self.clone(), id.clone());
        blocking(move || {
            let mut snapshot = this.sealed(&id)?;
            this.vault.unseal("", &mut snapshot.config.root)?;
            Ok(snapshot)
        })
        .await
    }

    /// A snapshot for people, with `••••` in place of each secret.
    ///
    /// # Errors
    /// When it is not there, or is not what was kept.
    pub async fn masked(&self, id: &SnapshotId) -> Result<Snapshot, KeepError> {
        let (this, id) = (self.clone(), id.clone());
        blocking(move || {
            let mut snapshot = this.sealed(&id)?;
            snapshot.config.root = Vault::masked("", &snapshot.config.root);
            Ok(snapshot)
        })
        .await
    }

    /// A snapshot with names in place of its secrets, by which two snapshots can be compared. Waits for the disk.
    pub(crate) fn sealed(&self, id: &SnapshotId) -> Result<Snapshot, KeepError> {
        let (path, bytes) = (self.path(id), self.text(id)?);
        let Written { family, hash, config, .. } =
            serde_json::from_slice(&bytes).map_err(|error| KeepError::damaged(&path, error))?;
        Ok(Snapshot { config: Config { family, root: config }, hash })
    }

    /// A text that was kept.
    pub(super) fn text(&self, id: &SnapshotId) -> Result<Vec<u8>, KeepError> {
        let path = self.path(id);
        match fs::read(&path) {
            Ok(bytes) if durable::hex(&Sha256::digest(&bytes)) == id.as_str() => Ok(bytes),
            Ok(_) => Err(KeepError::damaged(&path, "its content is not what its name says")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(KeepError::Missing(format!("snapshot `{id}`")))
            }
            Err(error) => Err(KeepError::io(WHAT, &path)(error)),
        }
    }

    /// Removes the files that are neither named in `used` nor were kept since this was called last. Gives back the
    /// names of the secrets in those that stay.
    pub(super) fn keep_only(&self, used: &BTreeSet<String>) -> Result<BTreeSet<String>, KeepError> {
        let recent = std::mem::take(&mut *self.lock());
        let mut secrets = BTreeSet::new();
        for file in fs::read_dir(&self.dir).map_err(KeepError::io(WHAT, &self.dir))? {
            let path = file.map_err(KeepError::io(WHAT, &self.dir))?.path();
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let is_named = used.contains(stem);
            let mut kept = self.lock();
            let Ok(id) = SnapshotId::new(stem) else { continue };
            if is_named || recent.contains(&id) || kept.contains(&id) {
                drop(kept);
                secrets.extend(secrets_in(&path).map_err(KeepError::io(WHAT, &path))?);
            } else {
                durable::remove(&path).map_err(KeepError::io(WHAT, &path))?;
                kept.remove(&id);
            }
        }
        Ok(secrets)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<SnapshotId>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, id: &SnapshotId) -> PathBuf {
        self.dir.join(format!("{id}.json"))
    }
}

/// The names of the secrets in a file, from what stands before the configuration; of other texts from the whole.
fn secrets_in(path: &Path) -> io::Result<BTreeSet<String>> {
    let mut file = BufReader::new(File::open(path)?);
    let mut head = Vec::new();
    file.read_until(b']', &mut head)?;
    let mut text = String::from_utf8_lossy(&head).into_owned();
    if !text.starts_with("{\"family\"") {
        let mut rest = Vec::new();
        file.read_to_end(&mut rest)?;
        text.push_str(&String::from_utf8_lossy(&rest));
        return Ok(vault::names_in(&text).map(str::to_owned).collect());
    }
    let list = text.split_once("\"secrets\":[").map(|(_, list)| list).unwrap_or_default();
    Ok(list.split('"').filter(|name| vault::is_name(name)).map(str::to_owned).collect())
}
