//! Rules about `option-data`.

pub(super) mod cycle;
pub(super) mod duplicate;
pub(super) mod invalid;
