//! Rules about the domains whose entries the DNS updater changes.

mod duplicate;
mod unknown_key;

pub(super) const RULES: &[super::Rule] = &[duplicate::RULE, unknown_key::RULE];

use super::{Findings, Plain};
use crate::json::Element;

/// What these rules find.
pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    duplicate::inspect(ddns, out);
    unknown_key::inspect(ddns, out);
}

/// The two lists of domains.
pub(super) fn lists(ddns: Plain<'_>) -> impl Iterator<Item = Vec<Element<'_>>> {
    let managers = ["forward-ddns", "reverse-ddns"].into_iter().filter_map(move |key| ddns.root.get(key));
    managers.map(|manager| manager.maps("ddns-domains").collect())
}
