//! The addresses and prefixes that reservations reserve.

use crate::{
    Family, KeaVersion,
    json::NodeId,
    net::{Prefix, PrefixError, parse_address, unsigned},
};

/// An address or a prefix in a reservation.
#[derive(Debug, Clone, Copy)]
pub(in crate::rules) struct Reserved {
    /// Where it stands.
    pub(in crate::rules) at: NodeId,
    /// Which of the two it is.
    pub(in crate::rules) kind: ReservedKind,
    /// What it is, or why it cannot be read.
    pub(in crate::rules) value: Result<Prefix, PrefixError>,
}

/// What is reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum ReservedKind {
    /// An address.
    Address,
    /// A prefix that is delegated.
    Prefix,
}

/// Reads a reserved address. Unlike in subnets and pools, blanks are not ignored.
pub(super) fn address(family: Family, text: &str) -> Result<Prefix, PrefixError> {
    let Some(number) = parse_address(family, text) else {
        let other = Family::ALL.into_iter().any(|family| parse_address(family, text).is_some());
        return Err(if other { PrefixError::OtherFamily } else { PrefixError::NotAnAddress });
    };
    if family == Family::V6 && number >> 120 == 0xff {
        return Err(PrefixError::Multicast);
    }
    Prefix::new(family, number, crate::net::bits(family)).ok_or(PrefixError::LengthOutOfRange)
}

/// Reads a reserved prefix, as each version does: Kea 2.2 cut the length to eight bits, took 0, and did not look at
/// the bits behind the length.
pub(in crate::rules) fn prefix(text: &str, version: KeaVersion) -> Result<Prefix, PrefixError> {
    let (address_text, length) = text.split_once('/').ok_or(PrefixError::NoLength)?;
    let length = unsigned(length).ok_or(PrefixError::NotANumber)?;
    let cut = version < KeaVersion::new(2, 7, 3);
    let length = if cut { length & 0xff } else { length };
    let length = u8::try_from(length).map_err(|_| PrefixError::LengthOutOfRange)?;
    let is_old = version < KeaVersion::new(2, 4, 0);
    let address = address(Family::V6, address_text)?;
    let prefix = Prefix::new(Family::V6, address.number(), length).ok_or(PrefixError::LengthOutOfRange)?;
    match length {
        0 if !is_old => Err(PrefixError::LengthOutOfRange),
        _ if !is_old && prefix.has_host_bits() => Err(PrefixError::HostBits),
        _ => Ok(prefix),
    }
}
