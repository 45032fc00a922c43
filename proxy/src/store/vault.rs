//! `vault.json`: the secrets of Kea's configurations, kept apart from the snapshots and edits that need them.

use super::durable::{self, KeepError};
use perch_shared::config::{HIDDEN, each_secret, hidden};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs, io,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

const VERSION: u32 = 1;
const WHAT: &str = "the secrets of a configuration";

/// What `vault.json` holds: each secret under a name by chance, which says nothing about it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    secrets: BTreeMap<String, Value>,
}

/// The secrets in memory.
#[derive(Default)]
struct Secrets {
    by_name: BTreeMap<String, Value>,
    /// By the secret's JSON text.
    names: HashMap<String, String>,
    /// The names that were given out lately: nothing may hold them yet, although something is about to.
    recent: BTreeSet<String>,
}

/// The secrets of Kea's configurations. What is *sealed* has a name such as `••••#4f…` in place of each secret.
pub struct Vault {
    path: PathBuf,
    secrets: Mutex<Secrets>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    /// Reads the file; none is an empty vault.
    ///
    /// # Errors
    /// When it cannot be read, or is damaged. It is left as it is.
    pub(super) fn open(path: PathBuf) -> Result<Self, KeepError> {
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { path, secrets: Mutex::default() });
            }
            Err(error) => return Err(KeepError::io(WHAT, &path)(error)),
        };
        // The parser's words could repeat a secret.
        let written: Written = serde_json::from_slice(&bytes).map_err(|error| {
            KeepError::damaged(&path, format!("line {}, column {}", error.line(), error.column()))
        })?;
        if written.version != VERSION {
            let why = format!("version {} is not this Perch's version {VERSION}", written.version);
            return Err(KeepError::damaged(&path, why));
        }
        let names = written.secrets.iter().map(|(name, secret)| (secret.to_string(), name.clone())).collect();
        Ok(Self {
            path,
            secrets: Mutex::new(Secrets { by_name: written.secrets, names, recent: BTreeSet::new() }),
        })
    }

    /// Puts a name in place of each secret in what stands below `key`. The secrets are on disk when this returns.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn seal(&self, key: &str, value: &mut Value) -> Result<(), KeepError> {
        let mut secrets = self.lock();
        let mut new = Vec::new();
        let mut chance = Ok(());
        each_secret(key, value, &mut |secret| {
            if reference(secret).is_some_and(|name| secrets.by_name.contains_key(name)) {
                return;
            }
            match secrets.name(secret, &mut new) {
                Ok(name) => *secret = Value::String(format!("{HIDDEN}#{name}")),
                Err(error) => chance = Err(error),
            }
        });
        let written = chance.and_then(|()| if new.is_empty() { Ok(()) } else { self.write(&secrets) });
        written.map_err(|error| {
            new.iter().for_each(|name| secrets.forget(name));
            KeepError::io(WHAT, &self.path)(error)
        })
    }

    /// Puts the secrets back in place of their names.
    ///
    /// # Errors
    /// When a name is not known: what came back would not be what was there.
    pub fn unseal(&self, key: &str, value: &mut Value) -> Result<(), KeepError> {
        let secrets = self.lock();
        let mut unknown = None;
        each_secret(key, value, &mut |place| {
            let Some(name) = reference(place) else { return };
            match secrets.by_name.get(name) {
                Some(secret) => *place = secret.clone(),
                None => unknown = Some(name.to_owned()),
            }
        });
        match unknown {
            None => Ok(()),
            Some(name) => Err(KeepError::Missing(format!("secret `{name}` in {}", self.path.display()))),
        }
    }

    /// A copy for people: `••••` in place of each secret, sealed or not.
    pub fn masked(key: &str, value: &Value) -> Value {
        hidden(key, value)
    }

    /// Forgets the secrets whose names are neither among `used` nor were given out since this was called last.
    ///
    /// # Errors
    /// When the file cannot be written; nothing is forgotten then.
    pub(super) fn keep_only(&self, used: &BTreeSet<String>) -> Result<(), KeepError> {
        let mut secrets = self.lock();
        let recent = std::mem::take(&mut secrets.recent);
        let unused: Vec<String> = secrets
            .by_name
            .keys()
            .filter(|name| !used.contains(*name) && !recent.contains(*name))
            .cloned()
            .collect();
        if unused.is_empty() {
            return Ok(());
        }
        let before = secrets.by_name.clone();
        unused.iter().for_each(|name| secrets.forget(name));
        self.write(&secrets).map_err(|error| {
            secrets.names = before.iter().map(|(name, secret)| (secret.to_string(), name.clone())).collect();
            secrets.by_name = before;
            KeepError::io(WHAT, &self.path)(error)
        })
    }

    fn write(&self, secrets: &Secrets) -> io::Result<()> {
        let written = Written { version: VERSION, secrets: secrets.by_name.clone() };
        durable::replace(&self.path, &serde_json::to_vec_pretty(&written)?)
    }

    fn lock(&self) -> MutexGuard<'_, Secrets> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Secrets {
    /// The secret's name, a new one where it has none yet.
    fn name(&mut self, secret: &Value, new: &mut Vec<String>) -> io::Result<String> {
        let text = secret.to_string();
        if let Some(name) = self.names.get(&text) {
            self.recent.insert(name.clone());
            return Ok(name.clone());
        }
        let name = durable::hex(&durable::chance::<16>()?);
        self.by_name.insert(name.clone(), secret.clone());
        self.names.insert(text, name.clone());
        self.recent.insert(name.clone());
        new.push(name.clone());
        Ok(name)
    }

    fn forget(&mut self, name: &str) {
        if let Some(secret) = self.by_name.remove(name) {
            self.names.remove(&secret.to_string());
        }
    }
}

/// The name in a sealed place.
fn reference(value: &Value) -> Option<&str> {
    let name = value.as_str()?.strip_prefix(HIDDEN)?.strip_prefix('#')?;
    is_name(name).then_some(name)
}

/// Whether a text is a secret's name.
pub(super) fn is_name(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The names of the secrets in a sealed value.
pub(super) fn names(key: &str, value: &mut Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    each_secret(key, value, &mut |place| names.extend(reference(place).map(str::to_owned)));
    names
}

/// The names of secrets in a sealed text.
pub(super) fn names_in(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(HIDDEN).filter_map(move |(at, _)| {
        let name = text.get(at + HIDDEN.len()..)?.strip_prefix('#')?.get(..32)?;
        is_name(name).then_some(name)
    })
}
