//! Typed edits of a configuration, and the difference between two configurations.

mod apply;
mod between;
mod describe;
mod diff;
mod edit;
mod find;
mod flat;
mod granular;
mod identity;
mod inherit;
mod label;
#[cfg(test)]
mod laws;
mod merge;
mod notes;
pub mod pair;
mod place;
mod plan;
mod printed;
mod same;
mod secret;
mod set_key;
mod set_object;
mod spell;
mod stop;
mod title;
mod uses;

pub use apply::apply;
pub use between::{edits_between, edits_within};
pub use diff::{Difference, diff};
pub use edit::{Edit, Position};
pub use flat::NETWORK;
pub use granular::{HookStep, granular};
pub use merge::{Merged, merge};
pub use notes::{Means, notes};
pub use place::{HostName, ItemName, OptionName, Place, Step, SubnetName};
pub use plan::{Planned, missing, plan, shown, strays};
pub use same::normal_class;
pub use spell::spell;
pub use uses::{Use, rename, uses};
