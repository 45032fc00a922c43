//! A server with everything that is needed to reach it.

use crate::kea::{AddressError, Target};
use perch_shared::{
    Family,
    api::{Credentials, Server},
};
use serde::{Deserialize, Serialize};

/// A server with everything that is needed to reach it. Stays inside the proxy: the page sees only `server`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ServerRecord {
    /// What the page may see.
    #[serde(flatten)]
    pub server: Server,
    /// What Perch sends to prove itself to Kea.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
}

impl ServerRecord {
    /// Whether it has answered at least once, so that its channels and daemons are known.
    pub fn is_known(&self) -> bool {
        self.daemons() > 0
    }

    /// How many of its daemons are known.
    pub fn daemons(&self) -> usize {
        self.server.channels.iter().map(|channel| channel.daemons.len()).sum()
    }

    /// Whom commands for one daemon go to; `None` when the server has no such daemon.
    ///
    /// # Errors
    /// When the inventory holds something that is not an address.
    pub fn target(&self, family: Family) -> Option<Result<Target, AddressError>> {
        Target::of_daemon(self, family)
    }
}
