//! Rules about the text itself.

mod byte_order_mark;
mod comma;
mod control_character;
mod duplicate_key;
mod escape;
mod escaped_key;
mod include;
mod leading_zero;
mod nesting;
mod number;
mod plus_sign;
mod syntax;
pub(super) mod top_level;

use super::Findings;
use crate::{KeaVersion, json::Document};

pub(super) const RULES: &[super::Rule] = &[
    byte_order_mark::RULE,
    comma::RULE,
    control_character::RULE,
    duplicate_key::RULE,
    escape::RULE,
    escaped_key::RULE,
    include::RULE,
    leading_zero::RULE,
    nesting::RULE,
    number::RULE,
    plus_sign::RULE,
    syntax::RULE,
    top_level::RULE,
];

/// Looks at every number of a document.
pub(super) fn numbers(document: &Document<'_>, version: KeaVersion, out: &mut Findings) {
    out.extend(document.elements().filter_map(|value| match value.source().as_bytes().first()? {
        b'+' => plus_sign::finding(value, version),
        b'0' | b'-' => leading_zero::finding(value),
        _ => None,
    }));
}
