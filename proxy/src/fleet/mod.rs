//! What is at a server's addresses, and what its daemons say about themselves.

mod probe;
mod status;

pub use probe::probe;
pub use status::status;
