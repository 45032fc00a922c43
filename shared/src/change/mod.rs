//! Typed edits of a configuration, and the difference between two configurations.

mod diff;
mod edit;

pub use diff::Difference;
pub use edit::Edit;
