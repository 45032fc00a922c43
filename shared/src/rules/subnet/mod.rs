//! Rules about subnets.

pub(super) mod duplicate_id;
pub(super) mod duplicate_prefix;
