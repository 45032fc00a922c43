//! Rules about pools.

pub(super) mod outside_subnet;
pub(super) mod overlap;
