//! Rules about pools.

pub(super) mod gateway;
pub(super) mod host_bits;
pub(super) mod invalid_id;
pub(super) mod invalid_range;
pub(super) mod missing_range;
pub(super) mod network_address;
pub(super) mod other_subnet;
pub(super) mod outside_subnet;
pub(super) mod overlap;
pub(super) mod reversed;

pub(super) const RULES: &[super::Rule] = &[
    gateway::RULE,
    host_bits::RULE,
    invalid_id::RULE,
    invalid_range::RULE,
    missing_range::RULE,
    network_address::RULE,
    other_subnet::RULE,
    outside_subnet::RULE,
    overlap::RULE,
    reversed::RULE,
];
