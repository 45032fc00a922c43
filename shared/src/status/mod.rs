//! What a daemon's answers say about its health: hook libraries, abilities, DHCP service, high availability; and
//! whether partners agree.

mod abilities;
mod advice;
mod backend;
mod drift;
mod findings;
mod globals;
mod ha;
mod hooks;
mod json;
mod leases;
mod normal;
mod owner;
mod pairs;
mod partners;
mod patience;
mod service;
mod usage;

pub use abilities::{abilities, command_names, lost_hooks};
pub use backend::{config_backend_reason, has_config_backend};
pub use drift::{Drift, DriftKind, DriftObject, adopt, drift};
pub use findings::findings;
pub use globals::{GlobalChange, ServerClasses, compare, global_changes, global_classes, is_global};
pub use ha::{HaPeerSettings, HaSettings, ha_settings, relationships};
pub use hooks::{hooks, hooks_directory};
pub use leases::{LeaseQueryError, lease_commands, leases, spelled_identifier};
pub use normal::is_own;
pub use owner::{Owner, is_ha_listener, owner};
pub use pairs::{Member, note_drift, pairs};
pub use partners::{PartnerName, Partnership, parted, proposed_name, proposed_urls};
pub use patience::{DELAYS, Delay, Patience};
pub use service::{Times, Trouble, service_trouble, times};
pub use usage::{usage, usage_command, usage_request};
