//! What the operator decides before Perch starts: `perch.toml` and the command line, which goes before it.
//! `perch.example.toml` shows every key.

mod file;
mod mistake;
mod open_id;
mod section;
mod server;
mod sign_in;
mod value;

pub use file::{PerchToml, parse, read};
pub use mistake::{Mistake, Mistakes};
pub use server::{ServerSettings, addresses, password, readable};
pub use value::{Wrong, listen};

use perch_shared::api::{Channel, ChannelKind};
use std::{
    env,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

/// Where Perch listens when nobody says anything else.
pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Where Perch keeps its files when nobody says anything else: what systemd's `StateDirectory=` names, else the
/// user's own directory for state. `None` when there is no home either.
pub fn default_state() -> Option<PathBuf> {
    let path = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    path("STATE_DIRECTORY")
        .or_else(|| path("XDG_STATE_HOME").map(|base| base.join("perch")))
        .or_else(|| path("HOME").map(|home| home.join(".local/state/perch")))
}

/// The channel of an address that nobody has looked at yet.
fn unseen(address: &crate::kea::Address) -> Channel {
    let kind = match address {
        crate::kea::Address::Unix(_) => ChannelKind::Unix,
        crate::kea::Address::Http { .. } | crate::kea::Address::Https { .. } => ChannelKind::ControlAgent,
    };
    Channel { address: address.to_string(), kind, daemons: Vec::new() }
}
