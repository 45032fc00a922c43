//! Rules about hook libraries.

pub(super) mod path;

pub(super) const RULES: &[super::Rule] = &[path::RULE];
