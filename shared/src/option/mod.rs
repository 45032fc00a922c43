//! DHCP options: definitions, the standard tables, and option values as text and as bytes.

mod check;
mod data;
mod decode;
mod def;
mod definition;
mod definitions;
mod entry;
mod expects;
mod hex;
mod name;
mod search;
mod standard;
mod text;
mod types;
mod wire;

pub use check::{Checked, check};
pub use data::OptionData;
pub use decode::decode;
pub use def::OptionDef;
pub use definition::Definition;
pub use definitions::Definitions;
pub use expects::expects;
pub use types::{OptionType, ParseTypeError};

#[cfg(test)]
mod tests;
