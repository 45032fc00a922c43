//! `snapshots/`: configurations as they were, each under the hash of its content, without their secrets.

use super::{
    durable::{self, KeepError, blocking},
    vault::Vault,
};
use perch_shared::{Family, api::SnapshotId, config::Config};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{fs, io, path::PathBuf, sync::Arc};

const WHAT: &str = "a copy of the configuration";

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
    config: Value,
}

/// The snapshots of a state directory.
#[derive(Debug, Clone)]
pub struct Snapshots {
    dir: PathBuf,
    vault: Arc<Vault>,
}

impl Snapshots {
    pub(super) fn open(dir: PathBuf, vault: Arc<Vault>) -> Result<Self, KeepError> {
        durable::make_dir(&dir).map_err(KeepError::io(WHAT, &dir))?;
        Ok(Self { dir, vault })
    }

    /// Keeps a configuration; `hash` is the daemon's, when it was read from one. It is on disk when this returns.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn keep(&self, config: &Config, hash: Option<&str>) -> Result<SnapshotId, KeepError> {
        let (this, config, hash) = (self.clone(), config.clone(), hash.map(str::to_owned));
        blocking(move || this.keep_now(config, hash)).await
    }

    pub(super) fn keep_now(&self, mut config: Config, hash: Option<String>) -> Result<SnapshotId, KeepError> {
        self.vault.seal("", &mut config.root)?;
        let written = Written { family: config.family, hash, config: config.root };
        let failed = |error: io::Error| KeepError::io(WHAT, &self.dir)(error);
        let json = serde_json::to_vec(&written).map_err(|error| failed(error.into()))?;
        self.keep_text(&json)
    }

    /// Keeps a text without secrets under the hash of its content.
    pub(super) fn keep_text(&self, text: &[u8]) -> Result<SnapshotId, KeepError> {
        let id = SnapshotId::new(durable::hex(&Sha256::digest(text)))
            .map_err(|error| KeepError::io(WHAT, &self.dir)(io::Error::other(error)))?;
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

    fn sealed(&self, id: &SnapshotId) -> Result<Snapshot, KeepError> {
        let (path, bytes) = (self.path(id), self.text(id)?);
        let Written { family, hash, config } =
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

    fn path(&self, id: &SnapshotId) -> PathBuf {
        self.dir.join(format!("{id}.json"))
    }
}
