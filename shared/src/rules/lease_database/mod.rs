//! Rules about the lease database.

mod volatile;

pub(super) const RULES: &[super::Rule] = &[volatile::RULE];
