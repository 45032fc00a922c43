//! Rules about control sockets.

pub(super) mod missing;
