//! Perch's files: what is under way, what was there before, and the history, through crashes and full disks.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod chain;
mod changes;
mod crash;
mod disk;
mod lab;
mod large;
mod retention;
