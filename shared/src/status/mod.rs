//! What a daemon's answers say about its health: hook libraries, abilities, DHCP service, high availability.

mod abilities;
mod advice;
mod ha;
mod hooks;
mod json;
mod owner;
mod service;

pub use abilities::{abilities, command_names, lost_hooks};
pub use ha::relationships;
pub use hooks::{hooks, hooks_directory};
pub use owner::{Owner, is_ha_listener, owner};
pub use service::{Times, Trouble, service_trouble, times};
