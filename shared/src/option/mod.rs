//! DHCP options: definitions, the standard tables, and option values as text and as bytes.

mod check;
mod customs;
mod data;
mod decode;
mod def;
mod def_check;
mod def_entry;
mod def_fields;
mod definition;
mod definitions;
mod entry;
mod expects;
mod hex;
mod keys;
mod mend;
mod name;
mod search;
mod standard;
mod text;
mod types;
mod wire;

pub(crate) use check::examine;
pub use check::{Checked, check};
pub use data::OptionData;
pub use decode::decode;
pub use def::OptionDef;
pub use def_check::check_def;
pub(crate) use def_check::{examine_def, taken_code, taken_name};
pub(crate) use def_entry::DefEntry;
pub(crate) use definition::DefRef;
pub use definition::Definition;
pub use definitions::Definitions;
pub(crate) use entry::Entry;
use expects::expected;
pub use expects::expects;
use mend::mend;
pub use types::{OptionType, ParseTypeError};

#[cfg(test)]
mod tests;
