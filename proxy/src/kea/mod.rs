//! One client for Kea over three channels: a Control Agent, a daemon's own HTTP(S) socket, a UNIX socket.
//!
//! What a command means is [`perch_shared::command`]'s business; here are connections, limits and faults. Kea's
//! HTTP is narrow (`POST`, exactly `application/json`, a `Content-Length`, one request at a time), so the client
//! drives its connections itself: it knows whether a fault came before, while or after a command was sent, which
//! decides whether the command may be sent again.

mod address;
mod answer;
mod client;
mod config;
mod error;
mod http;
mod packed;
mod pem;
mod pool;
mod printed;
mod sketch;
mod stream;
mod target;
mod tls;
mod tls_fault;
mod unix;

pub use address::{Address, AddressError, DEFAULT_PORT};
pub use client::{KeaClient, Limits};
pub use config::RunningConfig;
pub use error::{Fault, KeaError};
pub use packed::{PackError, Packed};
pub use printed::Printed;
pub(crate) use stream::connect;
pub use target::Target;
pub(crate) use tls::TlsCache;
pub use tls_fault::TlsFault;
