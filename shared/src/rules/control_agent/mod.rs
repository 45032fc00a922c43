//! Rules about the Control Agent.

mod removed;
mod socket_path;
mod tls_incomplete;

pub(super) const RULES: &[super::Rule] = &[removed::RULE, socket_path::RULE, tls_incomplete::RULE];

use super::{Findings, Plain};

/// What these rules find.
pub(super) fn inspect(agent: Plain<'_>, out: &mut Findings) {
    removed::inspect(agent, out);
    socket_path::inspect(agent, out);
    tls_incomplete::inspect(agent, out);
}
