//! Whom a command goes to: an address, what answers there, and how Perch proves itself.

use super::{Address, AddressError};
use crate::store::ServerRecord;
use perch_shared::{
    Family,
    api::{Channel, ChannelKind, Credentials, TlsFiles},
};

/// Whom a command goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Where the control channel is.
    pub address: Address,
    /// What answers there.
    pub kind: ChannelKind,
    /// User name and password, where Kea asks for them.
    pub credentials: Option<Credentials>,
    /// TLS files on Perch's own machine.
    pub tls: TlsFiles,
}

impl Target {
    /// The channel that reaches one daemon of a server; `None` when the server has no such daemon.
    ///
    /// # Errors
    /// When the inventory holds something that is not an address.
    pub fn of_daemon(record: &ServerRecord, family: Family) -> Option<Result<Self, AddressError>> {
        record
            .server
            .channels
            .iter()
            .find(|channel| channel.daemons.contains(&family))
            .map(|channel| Self::of_channel(record, channel))
    }

    /// One of a server's channels.
    ///
    /// # Errors
    /// When the inventory holds something that is not an address.
    pub fn of_channel(record: &ServerRecord, channel: &Channel) -> Result<Self, AddressError> {
        Ok(Self {
            address: channel.address.parse()?,
            kind: channel.kind,
            credentials: record.credentials.clone(),
            tls: record.server.tls.clone(),
        })
    }
}
