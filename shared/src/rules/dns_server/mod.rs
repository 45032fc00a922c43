//! Rules about addresses of the DNS updater and of the servers that it asks.

mod hostname;
mod invalid_address;

pub(super) const RULES: &[super::Rule] = &[hostname::RULE, invalid_address::RULE];

use super::{Findings, Plain, ddns_domain::lists};
use crate::json::Element;

/// What these rules find.
pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    hostname::inspect(ddns, out);
    invalid_address::inspect(ddns, out);
}

/// Every server of every domain.
fn servers(ddns: Plain<'_>) -> impl Iterator<Item = Element<'_>> {
    lists(ddns).flatten().flat_map(|domain| domain.maps("dns-servers"))
}
