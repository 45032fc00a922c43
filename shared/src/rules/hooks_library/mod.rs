//! Rules about hook libraries.

mod path;

pub(super) const RULES: &[super::Rule] = &[path::RULE];
