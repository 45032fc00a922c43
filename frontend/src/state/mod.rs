//! What outlives a page: the servers and what they last said, what happens, the theme, and short messages.

mod engine;
mod events;
mod fleet;
mod loader;
mod status_line;
mod subnets;
mod theme;

pub use engine::Engine;
pub use events::Events;
pub use fleet::Fleet;
pub use loader::Loader;
pub use status_line::StatusLine;
pub use subnets::{SubnetOf, Subnets};
pub use theme::{Theme, ThemeChoice};
