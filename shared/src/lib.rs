//! Everything in Perch that knows DHCP. Pure: no I/O, no clock, no async, no web.

pub mod api;
pub mod change;
pub mod check;
pub mod command;
pub mod config;
mod daemon;
pub mod diagnostic;
pub mod draft;
pub mod examples;
pub mod expr;
mod family;
pub mod find;
pub mod import;
pub mod json;
pub mod net;
pub mod option;
pub mod packet;
pub mod posix_regex;
pub mod query;
pub mod rules;
mod schema;
pub mod status;
mod version;

pub use daemon::Daemon;
pub use family::Family;
pub use version::{KeaVersion, ParseVersionError};
