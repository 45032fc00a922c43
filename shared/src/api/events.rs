//! What Perch tells every open page while it happens.

use super::{DaemonState, PairId, PairState, ServerId, endpoint};
use crate::Family;
use serde::{Deserialize, Serialize};

endpoint!(
    /// The stream of events (`text/event-stream`): the `data` of each is one [`Event`], its `id` is for
    /// `Last-Event-ID`. A client that was away is sent what it missed, or [`Event::Missed`] where that is no longer
    /// known.
    StreamEvents for Filtered, Get, "/api/v1/events", (), () => Event as "text/event-stream"
);

/// Something that happened. It names what changed; the thing itself is read with its own request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Event {
    /// Servers were added, edited or removed.
    Inventory,
    /// What is known about a server changed: its state, a reason, a version, an HA state.
    Server {
        /// The server.
        server: ServerId,
        /// Its state now.
        state: DaemonState,
    },
    /// A daemon runs another configuration.
    Configuration {
        /// The server.
        server: ServerId,
        /// The daemon.
        daemon: Family,
        /// The hash of what it runs now.
        hash: String,
        /// Whether somebody else than this Perch changed it.
        external: bool,
    },
    /// A change through this Perch began or ended.
    Change {
        /// The server.
        server: ServerId,
        /// The daemon.
        daemon: Family,
        /// How far it is.
        step: ChangeStage,
    },
    /// The state of an HA pair changed.
    Pair {
        /// The pair.
        pair: PairId,
        /// Its state now; `None`: there is no such pair any more.
        state: Option<PairState>,
    },
    /// Events were lost: read everything again.
    Missed,
}

/// How far a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChangeStage {
    /// It began.
    Began,
    /// It was carried out.
    Applied,
    /// It was not carried out; Kea has what it had before unless the change's report says otherwise.
    Failed,
}
