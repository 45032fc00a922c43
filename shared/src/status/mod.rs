//! What a daemon's answers say about its health: hook libraries, abilities, DHCP service, high availability.

mod abilities;
mod advice;
mod ha;
mod hooks;
mod service;

pub use abilities::{abilities, lost_hooks};
pub use ha::relationships;
pub use hooks::{hooks, hooks_directory};
pub use service::{Trouble, service_trouble};
