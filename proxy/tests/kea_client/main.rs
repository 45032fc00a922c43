//! The Kea client against servers that misbehave: whatever comes, there is one clear error and nothing hangs.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a panic is how a test fails, in its helpers too"
)]

mod fake;
mod http;
mod pool;
mod probe;
mod tls;
mod unix;
