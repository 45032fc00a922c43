//! `perch serve` from outside: requests, faults, changes, files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod access;
mod apply;
mod assets;
mod bad_input;
mod cli;
mod cli_users;
mod command;
mod fake_kea;
mod faults;
mod forwarding;
mod history;
mod inventory;
mod listener;
mod openapi;
mod people;
mod sign_in;
mod store;
mod tls;
mod users;
mod world;
