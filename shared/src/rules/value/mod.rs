//! Rules about values, whatever key they belong to.

mod duplicate_item;
pub(super) mod empty;
pub(super) mod out_of_range;
pub(super) mod unknown_word;
pub(super) mod wrong_type;

use crate::{
    json::{Element, Kind},
    rules::{Findings, Review},
};

pub(super) const RULES: &[super::Rule] =
    &[duplicate_item::RULE, empty::RULE, out_of_range::RULE, unknown_word::RULE, wrong_type::RULE];

/// What these rules find is found on the one walk along the schema.
fn on_the_walk(_: &Review<'_>, _: &mut Findings) {}

/// What a value is called: its key, or its place in a list.
fn name(value: Element<'_>) -> String {
    value.key().map_or_else(|| "this item".to_owned(), |key| format!("`{key}`"))
}

/// A value as it is shown.
fn shown(value: Element<'_>) -> String {
    match value.kind() {
        Kind::Map => "a map".to_owned(),
        Kind::List => "a list".to_owned(),
        _ => {
            let short: String = value.source().chars().take(64).collect();
            if short.len() < value.source().len() { format!("`{short}…`") } else { format!("`{short}`") }
        }
    }
}
