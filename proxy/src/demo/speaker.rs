//! Who answers on a channel: a Control Agent, or one daemon by itself.

use super::{agent::Agent, daemon::Daemon, reply::Reply};
use serde_json::Value;
use std::sync::Arc;

/// Who answers on an HTTP channel.
#[derive(Debug)]
pub(super) enum Speaker {
    /// A Control Agent.
    Agent(Agent),
    /// A daemon's own socket, which ignores `service`.
    Direct(Arc<Daemon>),
}

impl Speaker {
    /// The answer to a body: always a list. `None` stands for an empty body.
    pub(super) fn answer(&self, body: Option<Value>) -> Value {
        let replies = match (self, body) {
            (_, None) => vec![Reply::refused("Command processing failed: NULL command parameter")],
            (Self::Agent(agent), Some(body)) => agent.answer(body),
            (Self::Direct(daemon), Some(body)) => vec![daemon.answer(body)],
        };
        replies.into_iter().map(Reply::into_json).collect()
    }
}
