//! Everything between a socket and a handler: routes, bodies, guards, headers, and the page's files.

mod accept;
mod access;
mod assets;
mod body;
mod events;
mod guard;
mod headers;
mod listen;
mod route;
mod tls;

pub use access::access;
pub use assets::{Asset, Assets, page};
pub use body::{Limits, decode};
pub use events::events;
pub use guard::{Guard, guard};
pub use headers::security_headers;
pub use listen::{BindError, Exposure, Listener, bind};
pub use route::{Routes, Sender, json};
pub use tls::{ServerTls, TlsFilesError};
