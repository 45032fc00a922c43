//! Rules about the DHCPv6 server identifier.

mod invalid_identifier;

pub(super) const RULES: &[super::Rule] = &[invalid_identifier::RULE];
