//! Rules about the connection to `kea-dhcp-ddns`.

mod invalid_address;
mod same_address;

pub(super) const RULES: &[super::Rule] = &[invalid_address::RULE, same_address::RULE];
