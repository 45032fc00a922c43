//! Perch, as a library for its own binary and tests.

pub mod app;
pub mod auth;
pub mod cli;
pub mod controller;
pub mod demo;
pub mod error;
pub mod fleet;
mod handlers;
pub mod history;
pub mod kea;
pub mod memory;
pub mod metrics;
pub mod openapi;
pub mod router;
pub mod settings;
pub mod store;
pub mod web;
mod work;
