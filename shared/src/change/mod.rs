//! Typed edits of a configuration, and the difference between two configurations.

mod apply;
mod diff;
mod edit;
mod identity;
mod label;
#[cfg(test)]
mod laws;
mod notes;
pub mod pair;

pub use apply::apply;
pub use diff::{Difference, diff};
pub use edit::Edit;
pub use notes::notes;
