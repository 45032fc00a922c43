//! Rules about lifetimes.

pub(super) mod order;
