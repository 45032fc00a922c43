//! Rules about the relay agents of subnets and shared networks.

pub(super) mod duplicate_address;
pub(super) mod invalid_address;
pub(super) mod missing_addresses;

pub(super) const RULES: &[super::Rule] =
    &[duplicate_address::RULE, invalid_address::RULE, missing_addresses::RULE];

use super::objects::{Key, Objects};
use crate::json::{Element, Kind};

/// Every `relay` that is a map.
fn relays<'r>(objects: &'r Objects<'_>) -> impl Iterator<Item = Element<'r>> {
    objects.scopes().filter_map(|scope| scope.get(Key::Relay)).filter(|relay| relay.kind() == Kind::Map)
}
