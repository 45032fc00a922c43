//! Forms: each owns one draft, as a plain struct in one signal, and what becomes of it.

pub mod definitions;
pub mod desk;
pub mod globals;
pub mod item;
pub mod keys;
pub mod option_data;
pub mod part;
pub mod partners;
pub mod rename;
pub mod save;
pub mod scope;
pub mod server;
pub mod users;
pub mod uses;
