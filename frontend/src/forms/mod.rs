//! Forms: each owns one draft, as a plain struct in one signal, and what becomes of it.

pub mod desk;
pub mod options;
pub mod partners;
pub mod save;
pub mod server;
