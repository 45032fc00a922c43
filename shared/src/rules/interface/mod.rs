//! Rules about `interfaces-config`.

mod duplicate;
mod invalid;

pub(super) const RULES: &[super::Rule] = &[duplicate::RULE, invalid::RULE];

use crate::{
    json::{Element, Kind},
    rules::Review,
};

/// The entries of `interfaces` with their texts.
fn entries<'d>(review: &Review<'d>) -> Vec<(Element<'d>, String)> {
    let config = review.root.get("interfaces-config").filter(|config| config.kind() == Kind::Map);
    let items = config.into_iter().flat_map(|config| config.list("interfaces"));
    items.filter_map(|item| Some((item, item.as_str()?.into_owned()))).collect()
}

/// An entry's interface and its address, when it has one.
fn parts(text: &str) -> (&str, Option<&str>) {
    match text.split_once('/') {
        Some((name, address)) => (name.trim(), Some(address.trim())),
        None => (text.trim(), None),
    }
}
