//! `perch serve` from outside: requests, faults, changes, files.

mod apply;
mod assets;
mod bad_input;
mod cli;
mod command;
mod fake_kea;
mod faults;
mod inventory;
mod listener;
mod store;
mod world;
