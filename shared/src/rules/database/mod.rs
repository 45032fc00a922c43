//! Rules about databases.

mod blank;
mod duplicate;
mod unsupported_timeout;

pub(super) const RULES: &[super::Rule] = &[blank::RULE, duplicate::RULE, unsupported_timeout::RULE];

use crate::{
    json::{Element, Kind},
    rules::Review,
};

/// Every database of a configuration.
fn databases<'d>(review: &Review<'d>) -> impl Iterator<Item = Element<'d>> {
    let one = ["lease-database", "hosts-database"].into_iter().filter_map(|key| review.root.get(key));
    one.filter(|database| database.kind() == Kind::Map)
        .chain(review.root.maps("hosts-databases"))
        .chain(backends(review))
}

/// The databases of a configuration backend.
fn backends<'d>(review: &Review<'d>) -> impl Iterator<Item = Element<'d>> {
    review.root.get("config-control").into_iter().flat_map(|control| control.maps("config-databases"))
}
