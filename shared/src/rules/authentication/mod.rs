//! Rules about who may use a control socket.

mod clear_text;
mod client;
mod default_password;

pub(super) const RULES: &[super::Rule] = &[clear_text::RULE, client::RULE, default_password::RULE];

use crate::{
    KeaVersion,
    json::{Element, Kind},
    rules::Review,
};

/// The entries of `clients` of every HTTP control socket.
fn clients<'d>(review: &Review<'d>) -> Vec<Element<'d>> {
    let one = review.root.get("control-socket").filter(|socket| socket.kind() == Kind::Map);
    let sockets = one.into_iter().chain(review.root.maps("control-sockets"));
    let http =
        sockets.filter(|socket| socket.text("socket-type").is_some_and(|kind| kind.starts_with("http")));
    // Before 2.7.2 the daemons had no HTTP socket, and nobody looked at its keys.
    let http = http.filter(|_| review.version >= KeaVersion::new(2, 7, 2));
    http.filter_map(|socket| socket.get("authentication")).flat_map(|auth| auth.maps("clients")).collect()
}
