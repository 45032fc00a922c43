//! Rules about how scopes update DNS.

pub(super) mod char_set;
pub(super) mod ttl;
pub(super) mod unusable_global_char_set;

pub(super) const RULES: &[super::Rule] = &[char_set::RULE, ttl::RULE, unusable_global_char_set::RULE];

use super::objects::{Object, Objects};

/// Shared networks, subnets, and since Kea 3.0 pools: where Kea looks at these keys.
fn owners<'r>(objects: &'r Objects<'_>) -> impl Iterator<Item = Object<'r>> {
    let with_pools = !objects.before(2, 7, 6);
    objects.scopes().chain(objects.pools().map(|pool| pool.object).filter(move |_| with_pools))
}
