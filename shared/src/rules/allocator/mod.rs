//! Rules about allocators.

pub(super) mod flq_for_addresses;
pub(super) mod shared_flq;
pub(super) mod unknown;

pub(super) const RULES: &[super::Rule] = &[flq_for_addresses::RULE, shared_flq::RULE, unknown::RULE];

use super::objects::{Key, Objects};
use crate::json::Element;

/// The allocators of shared networks and subnets. A global one is named once, where something inherits it.
fn allocators<'r>(objects: &'r Objects<'_>, key: Key) -> impl Iterator<Item = Element<'r>> {
    let inherits = objects.networks().any(|network| !network.has(key))
        || objects.subnets().any(|subnet| !subnet.object.has(key) && subnet.network().is_none());
    let global = objects.global().get(key).filter(|_| inherits);
    global.into_iter().chain(objects.scopes().filter_map(move |scope| scope.get(key)))
}
