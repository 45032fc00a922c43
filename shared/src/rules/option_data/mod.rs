//! Rules about `option-data`. They share one walk over the configuration.

pub(super) mod address_family;
pub(super) mod bare_hex;
pub(super) mod code;
pub(super) mod cycle;
pub(super) mod depth;
pub(super) mod domain_name;
pub(super) mod dropped;
pub(super) mod duplicate;
pub(super) mod empty;
pub(super) mod empty_value;
mod entries;
pub(super) mod extra_value;
pub(super) mod hex;
pub(super) mod host_bits;
pub(super) mod length;
pub(super) mod long;
pub(super) mod missing_field;
pub(super) mod missing_value;
pub(super) mod name_blank;
pub(super) mod name_mismatch;
pub(super) mod no_holder;
pub(super) mod no_option;
pub(super) mod no_sub_options;
pub(super) mod prefix_length;
pub(super) mod range;
pub(super) mod set_by_kea;
pub(super) mod space;
pub(super) mod stops_kea;
pub(super) mod stops_kea_later;
pub(super) mod undefined;
pub(super) mod unknown_option;
pub(super) mod unreadable;
pub(super) mod unsendable_name;
pub(super) mod value;
pub(super) mod zone;

pub(super) const RULES: &[super::Rule] = &[
    address_family::RULE,
    bare_hex::RULE,
    code::RULE,
    cycle::RULE,
    depth::RULE,
    domain_name::RULE,
    dropped::RULE,
    duplicate::RULE,
    empty::RULE,
    empty_value::RULE,
    extra_value::RULE,
    hex::RULE,
    host_bits::RULE,
    length::RULE,
    long::RULE,
    missing_field::RULE,
    missing_value::RULE,
    name_blank::RULE,
    name_mismatch::RULE,
    no_holder::RULE,
    no_option::RULE,
    no_sub_options::RULE,
    prefix_length::RULE,
    range::RULE,
    set_by_kea::RULE,
    space::RULE,
    stops_kea::RULE,
    stops_kea_later::RULE,
    undefined::RULE,
    unknown_option::RULE,
    unreadable::RULE,
    unsendable_name::RULE,
    value::RULE,
    zone::RULE,
];
