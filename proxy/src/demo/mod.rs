//! An in-memory Kea fleet that speaks the real protocol on the real channels: an HA pair and a branch office behind
//! Control Agents, a laboratory with direct sockets, and a server that nobody has added yet.

mod agent;
mod clock;
mod configuration;
mod daemon;
mod ha;
mod http;
mod info;
mod leases;
mod objects;
mod printed;
mod reply;
mod request;
mod sites;
mod speaker;
mod statistics;
mod unix;
mod wire;

use crate::store::ServerRecord;
use tokio_util::sync::{CancellationToken, DropGuard};

/// The running demo fleet. It stops when this is dropped.
#[derive(Debug)]
pub struct Fleet {
    /// The registered servers, each with [`Origin::Demo`](perch_shared::api::Origin::Demo).
    pub records: Vec<ServerRecord>,
    /// The address of a server that is not registered, to try *Add server* with.
    pub try_address: String,
    /// The address of a UNIX socket that one of the daemons has besides its HTTP socket.
    pub unix_address: String,
    _directory: sites::SocketDirectory,
    _stop: DropGuard,
}

/// Starts the fleet on free ports of 127.0.0.1.
///
/// # Errors
/// When no port or no directory for the UNIX socket can be had.
pub async fn start() -> anyhow::Result<Fleet> {
    let stop = CancellationToken::new();
    sites::start(stop.clone().drop_guard(), stop).await
}
