//! Rules about shared networks.

pub(super) mod authoritative_mismatch;
pub(super) mod duplicate_name;
pub(super) mod empty;
pub(super) mod interface_mismatch;
pub(super) mod missing_name;
pub(super) mod rapid_commit_mismatch;

pub(super) const RULES: &[super::Rule] = &[
    authoritative_mismatch::RULE,
    duplicate_name::RULE,
    empty::RULE,
    interface_mismatch::RULE,
    missing_name::RULE,
    rapid_commit_mismatch::RULE,
];

use super::objects::{Objects, Subnet};

/// The subnets of shared networks, one network's after the other's, with the number of the network.
fn inner_subnets<'r>(objects: &'r Objects<'_>) -> impl Iterator<Item = (usize, Subnet<'r>)> {
    objects.subnets().filter_map(|subnet| Some((subnet.network_place()?, subnet)))
}
