//! Idle connections, kept for the next command.

use super::{Address, http::Connection};
use perch_shared::api::TlsFiles;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Kea closes a connection that was idle for 30 s; Perch lets go of it well before.
const IDLE: Duration = Duration::from_secs(20);

/// How many idle connections are kept for one address. Kea answers one command at a time, but many may wait.
const KEPT: usize = 32;

/// What a connection can be used again for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct PoolKey {
    /// The address.
    pub(super) address: Address,
    /// The certificate that the connection was made with.
    pub(super) tls: TlsFiles,
}

/// Idle connections by where they lead.
#[derive(Default)]
pub(super) struct Pool {
    idle: Mutex<Idle>,
}

#[derive(Default)]
struct Idle {
    connections: HashMap<PoolKey, Vec<(Instant, Connection)>>,
    /// When those that waited too long were let go of last.
    swept: Option<Instant>,
}

impl Pool {
    /// The connection that was used last and is still open.
    pub(super) async fn take(&self, key: &PoolKey) -> Option<Connection> {
        while let Some(mut connection) = self.pop(key) {
            if connection.is_usable().await {
                return Some(connection);
            }
        }
        None
    }

    fn pop(&self, key: &PoolKey) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, connection) = idle.connections.get_mut(key)?.pop()?;
        (since.elapsed() < IDLE).then_some(connection)
    }

    /// Keeps a connection whose answer was read to the end, and now and then lets go of all that waited too long.
    pub(super) fn put(&self, key: PoolKey, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.swept.is_none_or(|since| since.elapsed() > IDLE) {
            idle.swept = Some(Instant::now());
            idle.connections.retain(|_, connections| {
                connections.retain(|(since, _)| since.elapsed() < IDLE);
                !connections.is_empty()
            });
        }
        let connections = idle.connections.entry(key).or_default();
        if connections.len() < KEPT {
            connections.push((Instant::now(), connection));
        }
    }
}
