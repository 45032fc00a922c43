//! Perch's files: the inventory (in memory, and, for what was added in the page, in `servers.json`), and the archive
//! of what it does.

mod archive;
mod audit;
mod clock;
mod durable;
mod file;
mod intent;
mod intents;
mod known;
mod log;
mod missed;
mod record;
mod sealed;
mod slug;
mod snapshots;
mod tidy;
mod vault;

pub use archive::{Archive, Event};
pub(crate) use audit::Search;
pub use audit::{Audit, Break, Retention, Verdict};
pub use durable::KeepError;
pub use file::{OpenError, StateDir};
pub use intent::{EditList, Intent, IntentPlan, Step, Target};
pub use intents::Intents;
pub use known::keep_known;
pub use missed::{Missed, MissedChange};
pub use perch_shared::api::Phase;
pub use record::ServerRecord;
pub(crate) use sealed::masked;
pub use snapshots::{Snapshot, Snapshots};
pub use vault::Vault;

use perch_shared::api::{Channel, Credentials, Origin, ProbeReport, Server, ServerId, TlsFiles};
use std::{
    io,
    sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard},
};
use tokio::sync::watch;

/// Why the inventory was not changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such server.
    #[error("There is no server `{0}`.")]
    Unknown(ServerId),
    /// The server is not the page's to change.
    #[error("`{name}` cannot be changed here: {}.", describe(*.origin))]
    Fixed {
        /// The server's name.
        name: String,
        /// Where its entry comes from.
        origin: Origin,
    },
    /// The address is another server's.
    #[error("`{address}` already belongs to the server `{name}`.")]
    Taken {
        /// The address.
        address: String,
        /// The name of the server that has it.
        name: String,
    },
    /// The name is another server's.
    #[error("There is a server `{0}` already.")]
    SameName(String),
    /// The file could not be written.
    #[error("Perch could not write its list of servers: {0}.")]
    Write(#[source] io::Error),
}

fn describe(origin: Origin) -> &'static str {
    match origin {
        Origin::Inventory => "it is kept in the list of servers",
        Origin::Settings => "it is named on the command line or in perch.toml",
        Origin::Demo => "it is part of the demo",
    }
}

/// A server before it has an id.
#[derive(Debug, Clone)]
pub struct NewServer {
    /// Its name for people.
    pub name: String,
    /// How it is reached.
    pub channels: Vec<Channel>,
    /// What Perch sends to prove itself to Kea.
    pub credentials: Option<Credentials>,
    /// TLS files.
    pub tls: TlsFiles,
}

impl NewServer {
    fn record(self, id: ServerId, origin: Origin) -> ServerRecord {
        let Self { name, channels, credentials, tls } = self;
        let has_credentials = credentials.is_some();
        ServerRecord { server: Server { id, name, origin, channels, has_credentials, tls }, credentials }
    }
}

/// The inventory.
#[derive(Debug, Default)]
pub struct Store {
    dir: Option<Arc<StateDir>>,
    records: RwLock<Vec<ServerRecord>>,
    /// Held over reading, writing the file and changing the memory, so that no change is lost.
    writing: Mutex<()>,
    /// Counts the changes.
    changed: watch::Sender<u64>,
}

impl Store {
    /// An inventory that is kept nowhere.
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// The inventory of a state directory.
    ///
    /// # Errors
    /// When its file cannot be read, or is damaged.
    pub fn open(dir: Arc<StateDir>) -> Result<Self, OpenError> {
        let records = RwLock::new(dir.read()?);
        Ok(Self { dir: Some(dir), records, ..Self::default() })
    }

    /// Adds a server that is kept elsewhere: in the settings, or nowhere.
    pub fn include(&self, server: NewServer, origin: Origin) -> Option<ServerId> {
        let mut records = self.records.write().unwrap_or_else(PoisonError::into_inner);
        let id = slug::id_for(&server.name, |id| records.iter().any(|record| record.server.id == *id))?;
        records.push(server.record(id.clone(), origin));
        drop(records);
        self.tell();
        Some(id)
    }

    /// Adds records as they are, before those that are there.
    pub fn include_records(&self, new: Vec<ServerRecord>) {
        self.records.write().unwrap_or_else(PoisonError::into_inner).splice(0..0, new);
        self.tell();
    }

    /// Counts the changes of the inventory.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    fn tell(&self) {
        self.changed.send_modify(|count| *count += 1);
    }

    /// All servers, in the order in which they were added.
    pub fn list(&self) -> Vec<Server> {
        self.read().iter().map(|record| record.server.clone()).collect()
    }

    /// All records.
    pub fn records(&self) -> Vec<ServerRecord> {
        self.read().clone()
    }

    /// One record.
    pub fn get(&self, id: &ServerId) -> Option<ServerRecord> {
        self.read().iter().find(|record| record.server.id == *id).cloned()
    }

    /// Notes what was found at the addresses of a server that is not kept in the file. A daemon that was found once
    /// stays: when it does not answer now, it is down, not gone.
    pub fn discovered(&self, id: &ServerId, mut report: ProbeReport) -> Option<ServerRecord> {
        let mut records = self.records.write().unwrap_or_else(PoisonError::into_inner);
        let record = records.iter_mut().find(|record| record.server.id == *id)?;
        keep_known(&mut report, &record.server.channels);
        let changed = record.server.channels != report.channels;
        record.server.channels = report.channels;
        let record = record.clone();
        drop(records);
        if changed {
            self.tell();
        }
        Some(record)
    }

    /// The name, or the first one with a number, that no other server has.
    pub fn free_name(&self, name: &str, except: Option<&ServerId>) -> String {
        let records = self.read();
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let mut all = std::iter::once(name.to_owned()).chain(numbered);
        all.find(|name| refuse_same_name(&records, name, except).is_ok()).unwrap_or_default()
    }

    /// Adds a server and writes the file.
    ///
    /// # Errors
    /// When an address or the name is another server's, or the file cannot be written; nothing was changed then.
    pub async fn add(self: &Arc<Self>, server: NewServer) -> Result<Server, StoreError> {
        self.change(move |records| {
            refuse_taken(records, &server.channels, None)?;
            refuse_same_name(records, &server.name, None)?;
            let id = slug::id_for(&server.name, |id| records.iter().any(|record| record.server.id == *id))
                .ok_or_else(|| StoreError::Write(io::Error::other("no id is free")))?;
            let record = server.record(id, Origin::Inventory);
            let added = record.server.clone();
            records.push(record);
            Ok(added)
        })
        .await
    }

    /// Replaces what is known about a server, except its id, and writes the file.
    ///
    /// # Errors
    /// When there is no such server, it is not the page's to change, an address or a new name is another server's, or the
    /// file cannot be written; nothing was changed then.
    pub async fn replace(self: &Arc<Self>, id: ServerId, server: NewServer) -> Result<Server, StoreError> {
        self.change(move |records| {
            refuse_taken(records, &server.channels, Some(&id))?;
            if changeable(records, &id)?.server.name != server.name {
                refuse_same_name(records, &server.name, Some(&id))?;
            }
            let record = changeable(records, &id)?;
            *record = server.record(id, Origin::Inventory);
            Ok(record.server.clone())
        })
        .await
    }

    /// Removes a server and writes the file.
    ///
    /// # Errors
    /// When there is no such server, it is not the page's to change, or the file cannot be written; nothing was
    /// changed then.
    pub async fn remove(self: &Arc<Self>, id: ServerId) -> Result<(), StoreError> {
        self.change(move |records| {
            changeable(records, &id)?;
            records.retain(|record| record.server.id != id);
            Ok(())
        })
        .await
    }

    /// One record that is the page's to change.
    ///
    /// # Errors
    /// When there is no such server, or it is kept elsewhere.
    pub fn changeable(&self, id: &ServerId) -> Result<ServerRecord, StoreError> {
        changeable(&mut self.records(), id).cloned()
    }

    async fn change<T: Send + 'static>(
        self: &Arc<Self>,
        change: impl FnOnce(&mut Vec<ServerRecord>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.change_blocking(change))
            .await
            .unwrap_or_else(|error| Err(StoreError::Write(io::Error::other(error))))
    }

    fn change_blocking<T>(
        &self,
        change: impl FnOnce(&mut Vec<ServerRecord>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut records = self.records();
        let result = change(&mut records)?;
        if let Some(dir) = &self.dir {
            dir.write(records.iter()).map_err(StoreError::Write)?;
        }
        *self.records.write().unwrap_or_else(PoisonError::into_inner) = records;
        self.tell();
        Ok(result)
    }

    fn read(&self) -> RwLockReadGuard<'_, Vec<ServerRecord>> {
        self.records.read().unwrap_or_else(PoisonError::into_inner)
    }
}

fn changeable<'a>(
    records: &'a mut [ServerRecord],
    id: &ServerId,
) -> Result<&'a mut ServerRecord, StoreError> {
    let record = records
        .iter_mut()
        .find(|record| record.server.id == *id)
        .ok_or_else(|| StoreError::Unknown(id.clone()))?;
    match record.server.origin {
        Origin::Inventory => Ok(record),
        origin @ (Origin::Settings | Origin::Demo) => {
            Err(StoreError::Fixed { name: record.server.name.clone(), origin })
        }
    }
}

/// Two entries for one daemon would have two locks, and so could change it at the same time.
fn refuse_taken(
    records: &[ServerRecord],
    channels: &[Channel],
    except: Option<&ServerId>,
) -> Result<(), StoreError> {
    let others = records.iter().filter(|record| Some(&record.server.id) != except);
    let taken = others.flat_map(|record| record.server.channels.iter().map(move |channel| (record, channel)));
    for (record, channel) in taken {
        if channels.iter().any(|new| new.address == channel.address) {
            let (address, name) = (channel.address.clone(), record.server.name.clone());
            return Err(StoreError::Taken { address, name });
        }
    }
    Ok(())
}

/// Nobody could tell the two apart.
fn refuse_same_name(
    records: &[ServerRecord],
    name: &str,
    except: Option<&ServerId>,
) -> Result<(), StoreError> {
    let mut others = records.iter().filter(|record| Some(&record.server.id) != except);
    match others.find(|record| record.server.name.to_lowercase() == name.to_lowercase()) {
        Some(record) => Err(StoreError::SameName(record.server.name.clone())),
        None => Ok(()),
    }
}
