//! The test bench: real Kea daemons, broken ones, the real Perch binary and a real browser.
//!
//! - [`lab`] starts Kea daemons and asks them directly, so that a test hears Kea itself and not Perch.
//! - [`perch`] starts the binary and speaks its API.
//! - [`fault`] stands between Perch and a real Kea and breaks what a test tells it to break.
//! - [`rounds`] has much go wrong at once, and asks each Kea what came of it.
//! - [`simulated`] is a big fleet that costs next to nothing.
//! - [`events`] hears what Perch tells its pages.
//! - [`dhcp_client`] is DHCPv4 clients that keep asking.
//! - [`browser`] drives Chromium.
//! - [`open_id`] is a real OpenID provider, and somebody who signs in with it.
//! - [`plain_files`] serves the page alone, without Perch.
//!
//! Everything that is started ends with the value that stands for it, and with the test process.

pub mod browser;
pub mod dhcp_client;
pub mod edits;
pub mod events;
pub mod fault;
pub mod http_client;
pub mod lab;
pub mod open_id;
pub mod perch;
pub mod plain_files;
mod ports;
mod process;
pub mod rounds;
pub mod simulated;
mod skip;
pub mod wait;

pub use skip::skip;
