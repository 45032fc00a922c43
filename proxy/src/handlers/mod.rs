//! What serves each request: extract, ask, convert.

pub mod about;
pub mod change;
pub mod classes;
pub mod command;
pub mod configuration;
pub mod find;
pub mod fleet;
pub mod health;
pub mod history;
pub mod open_id;
pub mod servers;
pub mod session;
pub mod usage;
pub mod users;
