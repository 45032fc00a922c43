//! What was done to Kea through Perch: who, when, what, where, and how it ended; and how to go back.

mod names;
mod record;
mod requests;

pub use names::*;
pub use record::*;
pub use requests::*;
