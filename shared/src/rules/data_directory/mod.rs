//! Rules about the directory of Kea's data.

mod path;

pub(super) const RULES: &[super::Rule] = &[path::RULE];
