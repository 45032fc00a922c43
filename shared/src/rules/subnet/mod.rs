//! Rules about subnets.

pub(super) mod duplicate_id;
pub(super) mod duplicate_prefix;
pub(super) mod host_bits;
pub(super) mod id_out_of_range;
pub(super) mod interface_and_interface_id;
pub(super) mod invalid_4o6_subnet;
pub(super) mod invalid_prefix;
pub(super) mod missing_id;
pub(super) mod missing_prefix;
pub(super) mod nothing_to_lease;
pub(super) mod overlap;
pub(super) mod router_outside;

pub(super) const RULES: &[super::Rule] = &[
    duplicate_id::RULE,
    duplicate_prefix::RULE,
    host_bits::RULE,
    id_out_of_range::RULE,
    interface_and_interface_id::RULE,
    invalid_4o6_subnet::RULE,
    invalid_prefix::RULE,
    missing_id::RULE,
    missing_prefix::RULE,
    nothing_to_lease::RULE,
    overlap::RULE,
    router_outside::RULE,
];
