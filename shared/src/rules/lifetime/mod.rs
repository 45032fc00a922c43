//! Rules about lifetimes and timers.

pub(super) mod adaptive_threshold;
pub(super) mod cache_threshold;
pub(super) mod negative;
pub(super) mod order;
pub(super) mod out_of_range;
pub(super) mod percent;
pub(super) mod renew_after_rebind;
pub(super) mod t1_never_sent;
pub(super) mod truncated;

pub(super) const RULES: &[super::Rule] = &[
    adaptive_threshold::RULE,
    cache_threshold::RULE,
    negative::RULE,
    order::RULE,
    out_of_range::RULE,
    percent::RULE,
    renew_after_rebind::RULE,
    t1_never_sent::RULE,
    truncated::RULE,
];

use super::objects::{Key, Object, Objects};
use crate::json::Element;

/// A scope with what it inherits: the scope itself, its shared network, the global map.
#[derive(Debug, Clone, Copy)]
struct Levels<'r> {
    own: Object<'r>,
    network: Option<Object<'r>>,
    global: Object<'r>,
    is_subnet: bool,
}

impl<'r> Levels<'r> {
    /// The member that holds in the scope.
    fn get(self, key: Key) -> Option<Element<'r>> {
        self.own.get(key).or_else(|| self.network?.get(key)).or_else(|| self.global.get(key))
    }
}

/// The scopes in which Kea would look at some keys for the first time: those that set one of them, and else the first
/// one that inherits them all from the global map. What is wrong there is wrong in every other one for the same reason.
fn scopes_that_set<'r>(objects: &'r Objects<'_>, keys: &'static [Key]) -> impl Iterator<Item = Levels<'r>> {
    let global = objects.global();
    let mut inherits = global.has_any(keys);
    let networks = objects.networks().map(move |own| Levels { own, network: None, global, is_subnet: false });
    let subnets = objects.subnets().map(move |subnet| Levels {
        own: subnet.object,
        network: subnet.network(),
        global,
        is_subnet: true,
    });
    networks.chain(subnets).filter(move |levels| {
        if levels.own.has_any(keys) {
            return true;
        }
        let from_network = levels.network.is_some_and(|network| network.has_any(keys));
        !from_network && std::mem::replace(&mut inherits, false)
    })
}
