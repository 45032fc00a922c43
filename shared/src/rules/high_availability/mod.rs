//! Rules about the parameters of the high availability hook. Kea's check does not look at them; the hook refuses to
//! load, and the daemon to start.

mod delays;
mod lease_commands;
mod multi_threading;
mod roles;
mod this_server;

pub(super) const RULES: &[super::Rule] =
    &[delays::RULE, lease_commands::RULE, multi_threading::RULE, roles::RULE, this_server::RULE];

use crate::{json::Element, rules::Review};

/// A hook library by its file's name.
fn library<'d>(review: &Review<'d>, name: &str) -> Option<Element<'d>> {
    review
        .root
        .maps("hooks-libraries")
        .find(|hook| hook.text("library").is_some_and(|path| path.rsplit('/').next() == Some(name)))
}

/// The relationships of the high availability hook.
fn relationships<'d>(review: &Review<'d>) -> impl Iterator<Item = Element<'d>> + use<'d> {
    let parameters = library(review, "libdhcp_ha.so").and_then(|hook| hook.get("parameters"));
    parameters.into_iter().flat_map(|parameters| parameters.maps("high-availability"))
}
