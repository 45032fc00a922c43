//! Everything in Perch that knows DHCP. Pure: no I/O, no clock, no async, no web.

pub mod api;
pub mod change;
pub mod command;
pub mod config;
pub mod diagnostic;
mod family;
pub mod net;
pub mod option;
pub mod rules;
pub mod status;
mod version;

pub use family::Family;
pub use version::{KeaVersion, ParseVersionError};
