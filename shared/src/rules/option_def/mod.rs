//! Rules about `option-def`. They share one walk over the configuration.

pub(super) mod array;
pub(super) mod array_encapsulates;
pub(super) mod code_range;
pub(super) mod coming;
mod definitions;
pub(super) mod duplicate_code;
pub(super) mod duplicate_name;
pub(super) mod encapsulate;
pub(super) mod encapsulates_itself;
pub(super) mod hidden;
pub(super) mod missing;
pub(super) mod name;
pub(super) mod other_family;
pub(super) mod record_field;
pub(super) mod record_types;
pub(super) mod reserved_code;
pub(super) mod space;
pub(super) mod standard_code;
pub(super) mod standard_name;
pub(super) mod unknown_type;

pub(super) const RULES: &[super::Rule] = &[
    array::RULE,
    array_encapsulates::RULE,
    code_range::RULE,
    coming::RULE,
    duplicate_code::RULE,
    duplicate_name::RULE,
    encapsulate::RULE,
    encapsulates_itself::RULE,
    hidden::RULE,
    missing::RULE,
    name::RULE,
    other_family::RULE,
    record_field::RULE,
    record_types::RULE,
    reserved_code::RULE,
    space::RULE,
    standard_code::RULE,
    standard_name::RULE,
    unknown_type::RULE,
];
