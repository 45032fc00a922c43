//! What outlives a page: the servers and what they last said, the theme, and short messages.

mod engine;
mod fleet;
mod loader;
mod status_line;
mod theme;

pub use engine::Engine;
pub use fleet::Fleet;
pub use loader::Loader;
pub use status_line::StatusLine;
pub use theme::{Theme, ThemeChoice};
