//! Parts of pages that know what a server, a daemon and an option are.

mod abilities;
mod apply_steps;
mod banners;
mod daemon_card;
mod differences;
mod error_notice;
mod findings;
mod ha_section;
mod kea_words;
mod not_found;
mod option_picker;
mod probe_steps;
mod reload;
mod server_frame;
mod shell;
mod shortcuts;
mod state_badge;
mod theme_switch;
mod wire_bytes;

pub use apply_steps::ApplySteps;
pub use daemon_card::DaemonCard;
pub use differences::Differences;
pub use error_notice::ErrorNotice;
pub use findings::Findings;
pub use kea_words::KeaWords;
pub use not_found::NotFound;
pub use option_picker::{OptionPicker, Picked};
pub use probe_steps::ProbeSteps;
pub use server_frame::{ServerFrame, Tab};
pub use shell::Shell;
pub use shortcuts::ShortcutList;
pub use state_badge::StateBadge;
pub use theme_switch::ThemeSwitch;
pub use wire_bytes::WireBytes;
