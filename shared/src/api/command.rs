//! One Kea command, forwarded as it is.

use super::{ServerId, endpoint};
use crate::command::Command;
use serde_json::Value;

endpoint!(
    /// Forwards one Kea command to a registered server and gives back Kea's own answers, always as a list. The
    /// command goes to the daemons in `service`; without `service` to a Control Agent itself, or, where a server
    /// is reached through one daemon's own socket, to that daemon. A command that may change something needs an
    /// operator; passwords in the answers are shown to administrators only.
    SendCommand for Viewer, Post, "/api/v1/servers/{id}/command", (id: ServerId), Command => Vec<Value>
);
