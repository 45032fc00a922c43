//! Addresses, prefixes, ranges and identifiers, as Kea reads them.

mod address;
mod identifier;
mod number;
mod overlap;
mod prefix;
mod range;
mod space;
mod usable;

pub use address::parse_address;
pub(crate) use address::parse_v4;
pub use identifier::{Identifier, IdentifierError};
pub(crate) use number::{signed, unsigned};
pub use overlap::{overlaps, sweep, sweep_unsorted};
pub use prefix::{Prefix, PrefixError};
pub use range::{AddressRange, RangeError};
pub use space::{Space, SpaceKind, SpaceMark, SpacePart, first_gap, next_free};
pub use usable::usable;

use crate::Family;

/// How many bits an address of the family has.
pub const fn bits(family: Family) -> u8 {
    match family {
        Family::V4 => 32,
        Family::V6 => 128,
    }
}

/// The text without blanks and tabs, which Kea ignores in subnets and pools. Most texts have none.
fn without_blanks(text: &str) -> std::borrow::Cow<'_, str> {
    if text.bytes().any(|byte| matches!(byte, b' ' | b'\t')) {
        let mut out = String::with_capacity(text.len());
        text.split([' ', '\t']).for_each(|part| out.push_str(part));
        out.into()
    } else {
        text.into()
    }
}
