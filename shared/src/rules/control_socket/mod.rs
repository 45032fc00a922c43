//! Rules about control sockets.

mod duplicate;
mod incomplete;
mod invalid_address;
pub(super) mod missing;
mod no_authentication;
pub(super) mod path;
mod tls_incomplete;
mod unsecured;
mod unsupported_key;

pub(super) const RULES: &[super::Rule] = &[
    duplicate::RULE,
    incomplete::RULE,
    invalid_address::RULE,
    missing::RULE,
    no_authentication::RULE,
    path::RULE,
    tls_incomplete::RULE,
    unsecured::RULE,
    unsupported_key::RULE,
];

use crate::{
    KeaVersion,
    json::{Element, Kind},
    rules::{Findings, Plain},
};

/// The first version whose daemons have HTTP sockets and look at what a control socket says.
const HTTP: KeaVersion = KeaVersion::new(2, 7, 2);

/// The control sockets of a daemon that looks at them.
fn sockets(daemon: Plain<'_>) -> Vec<Element<'_>> {
    if daemon.version < HTTP {
        return Vec::new();
    }
    // Where both keys stand, Kea takes the old one.
    match daemon.root.get("control-socket") {
        Some(one) => Some(one).into_iter().filter(|socket| socket.kind() == Kind::Map).collect(),
        None => daemon.root.maps("control-sockets").collect(),
    }
}

fn is_unix(socket: Element<'_>) -> bool {
    socket.text("socket-type").is_some_and(|kind| kind == "unix")
}

fn is_http(socket: Element<'_>) -> bool {
    socket.text("socket-type").is_some_and(|kind| kind == "http" || kind == "https")
}

/// Whether a text is there and not empty.
pub(super) fn says(socket: Element<'_>, key: &str) -> bool {
    socket.text(key).is_some_and(|text| !text.is_empty())
}

/// What the rules find that look at the sockets of any daemon.
pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    duplicate::inspect(daemon, out);
    incomplete::inspect(daemon, out);
    invalid_address::inspect(daemon, out);
    no_authentication::inspect(daemon, out);
    path::inspect(daemon, out);
    tls_incomplete::inspect(daemon, out);
    unsecured::inspect(daemon, out);
    unsupported_key::inspect(daemon, out);
}

/// The parameters of TLS.
pub(super) const TLS: [&str; 3] = ["trust-anchor", "cert-file", "key-file"];
