//! Rules about the client classes that scopes name.

pub(super) mod empty_name;
pub(super) mod old_and_new;

pub(super) const RULES: &[super::Rule] = &[empty_name::RULE, old_and_new::RULE];

use super::objects::{Object, Objects};

/// Everything that names classes in this way: subnets, shared networks, and pools of both kinds.
fn guarded<'r>(objects: &'r Objects<'_>) -> impl Iterator<Item = Object<'r>> {
    objects.scopes().chain(objects.pools().chain(objects.pd_pools()).map(|pool| pool.object))
}
