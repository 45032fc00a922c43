//! Rules about who may use a control socket.

mod clear_text;
mod client;
mod default_password;

pub(super) const RULES: &[super::Rule] = &[clear_text::RULE, client::RULE, default_password::RULE];

use crate::{
    KeaVersion,
    json::{Element, Kind},
    rules::{Findings, Plain},
};

/// The entries of `clients` of every HTTP control socket, and of the Control Agent itself.
fn clients(daemon: Plain<'_>) -> Vec<Element<'_>> {
    let Plain { root, version } = daemon;
    let one = root.get("control-socket").filter(|socket| socket.kind() == Kind::Map);
    let sockets = one.into_iter().chain(root.maps("control-sockets"));
    let http =
        sockets.filter(|socket| socket.text("socket-type").is_some_and(|kind| kind.starts_with("http")));
    // Before 2.7.2 the daemons had no HTTP socket, and nobody looked at its keys.
    let http = http.filter(|_| version >= KeaVersion::new(2, 7, 2));
    let owners = http.chain(Some(root));
    owners.filter_map(|owner| owner.get("authentication")).flat_map(|auth| auth.maps("clients")).collect()
}

/// What these rules find in the configuration of any daemon.
pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    clear_text::inspect(daemon, out);
    client::inspect(daemon, out);
    default_password::inspect(daemon, out);
}
