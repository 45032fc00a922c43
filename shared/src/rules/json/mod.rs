//! Rules about the text itself.

mod byte_order_mark;
mod comma;
mod control_character;
mod duplicate_key;
mod escape;
mod escaped_key;
mod include;
mod nesting;
mod number;
mod syntax;
pub(super) mod top_level;

pub(super) const RULES: &[super::Rule] = &[
    byte_order_mark::RULE,
    comma::RULE,
    control_character::RULE,
    duplicate_key::RULE,
    escape::RULE,
    escaped_key::RULE,
    include::RULE,
    nesting::RULE,
    number::RULE,
    syntax::RULE,
    top_level::RULE,
];
