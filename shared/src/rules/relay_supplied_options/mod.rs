//! Rules about the options that relays may supply.

mod unknown_option;

pub(super) const RULES: &[super::Rule] = &[unknown_option::RULE];
