//! DHCP options: definitions, the standard tables, and option values as text and as bytes.

mod data;
mod def;
mod types;

pub use data::OptionData;
pub use def::OptionDef;
pub use types::OptionType;
