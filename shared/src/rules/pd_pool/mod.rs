//! Rules about pools of delegated prefixes.

pub(super) mod delegated_too_long;
pub(super) mod host_bits;
pub(super) mod invalid_excluded_prefix;
pub(super) mod invalid_length;
pub(super) mod invalid_prefix;
pub(super) mod missing_key;

pub(super) const RULES: &[super::Rule] = &[
    delegated_too_long::RULE,
    host_bits::RULE,
    invalid_excluded_prefix::RULE,
    invalid_length::RULE,
    invalid_prefix::RULE,
    missing_key::RULE,
];
