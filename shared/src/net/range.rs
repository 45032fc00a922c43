//! Addresses from a first to a last one, and the text of a pool.

use super::{Prefix, PrefixError, address::address, bits, signed, without_blanks};
use crate::Family;
use std::{fmt, net::IpAddr};

/// Addresses from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AddressRange {
    family: Family,
    first: u128,
    last: u128,
}

/// Why a text is no pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// It is neither two addresses nor a prefix.
    #[error("it is neither `first - last` nor a prefix")]
    Form,
    /// It has a `/` and is no prefix that a pool can be.
    #[error(transparent)]
    Prefix(#[from] PrefixError),
    /// An end is no address.
    #[error("one of its ends is no address")]
    NotAnAddress,
    /// An end is an address of the other protocol.
    #[error("its addresses are of the other protocol")]
    OtherFamily,
    /// The last address comes before the first.
    #[error("its last address comes before its first")]
    Reversed,
}

impl AddressRange {
    /// A range of its ends.
    pub(crate) const fn between(family: Family, first: u128, last: u128) -> Self {
        Self { family, first, last }
    }

    /// Reads a pool as Kea since 2.4 does: `192.0.2.1 - 192.0.2.9`, or a prefix without bits behind its length. Blanks
    /// are ignored.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{Family, net::{AddressRange, RangeError}};
    /// let pool = AddressRange::parse(Family::V4, "192.0.2.0 - 192.0.2.255");
    /// assert_eq!(pool, AddressRange::parse(Family::V4, "192.0.2.0/24"));
    /// assert_eq!(AddressRange::parse(Family::V4, "192.0.2.1"), Err(RangeError::Form));
    /// ```
    pub fn parse(family: Family, text: &str) -> Result<Self, RangeError> {
        Self::parse_pool(family, text, true)
    }

    /// Reads a pool. Kea before 2.3.4 did not want prefixes to be aligned: its pools began at the address.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    pub fn parse_pool(family: Family, text: &str, aligned: bool) -> Result<Self, RangeError> {
        if let Some((first, last)) = plain_ends(text) {
            return Self::of_ends(family, first, last);
        }
        let text = without_blanks(text);
        if text.contains('/') {
            let prefix = pool_prefix(family, &text)?;
            if aligned && prefix.has_host_bits() {
                return Err(PrefixError::HostBits.into());
            }
            return Ok(Self { first: prefix.number(), ..prefix.range() });
        }
        let (first, last) = text.split_once('-').ok_or(RangeError::Form)?;
        Self::of_ends(family, first, last)
    }

    fn of_ends(family: Family, first: &str, last: &str) -> Result<Self, RangeError> {
        let range = Self { family, first: end(family, first)?, last: end(family, last)? };
        if range.first <= range.last { Ok(range) } else { Err(RangeError::Reversed) }
    }

    /// Whether every address of `other` is in this range.
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether an address, by its number, is in this range.
    pub fn contains_number(self, number: u128) -> bool {
        self.first <= number && number <= self.last
    }

    /// Whether the ranges share an address.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The length of the prefix that covers just this range; `None` when none does.
    pub fn prefix_length(self) -> Option<u8> {
        let difference = self.first ^ self.last;
        let host_bits = 128 - difference.leading_zeros();
        let is_prefix = difference.count_ones() == host_bits && self.first & difference == 0;
        is_prefix.then(|| u8::try_from(u32::from(bits(self.family)) - host_bits).ok()).flatten()
    }

    /// The family.
    pub fn family(self) -> Family {
        self.family
    }

    /// The first address.
    pub fn first(self) -> IpAddr {
        address(self.family, self.first)
    }

    /// The last address.
    pub fn last(self) -> IpAddr {
        address(self.family, self.last)
    }

    /// The numbers of the first address and of the last.
    pub fn numbers(self) -> (u128, u128) {
        (self.first, self.last)
    }

    /// How many addresses it holds; all of IPv6 counts as one less.
    pub fn size(self) -> u128 {
        (self.last - self.first).saturating_add(1)
    }

    /// The range in two, the first part as long as the second or one address longer; `None`: it has one address.
    pub fn halves(self) -> Option<[Self; 2]> {
        let middle = self.first + (self.last - self.first) / 2;
        (self.first < self.last).then(|| [Self { last: middle, ..self }, Self { first: middle + 1, ..self }])
    }

    /// The address that comes `index` after the first; `None` behind the last.
    pub fn nth(self, index: u128) -> Option<IpAddr> {
        let number = self.first.checked_add(index).filter(|number| *number <= self.last)?;
        Some(address(self.family, number))
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} - {}", self.first(), self.last())
    }
}

/// The ends of `first - last`, as nearly all pools are written: with no blanks but around the hyphen, and no slash.
fn plain_ends(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let hyphen = bytes.iter().position(|byte| *byte == b'-')?;
    let (first, last) = (text.get(..hyphen)?, text.get(hyphen + 1..)?);
    let first = first.strip_suffix(' ').unwrap_or(first);
    let last = last.strip_prefix(' ').unwrap_or(last);
    let is_plain = |end: &str| !end.bytes().any(|byte| matches!(byte, b' ' | b'\t' | b'/'));
    (is_plain(first) && is_plain(last)).then_some((first, last))
}

/// The prefix that a pool is. Kea reads its length with another cast than a subnet's, and wants it not to be 0.
fn pool_prefix(family: Family, text: &str) -> Result<Prefix, PrefixError> {
    let (address, length) = text.split_once('/').ok_or(PrefixError::NoLength)?;
    let address = Prefix::address_of(family, address)?;
    let length = signed(length).ok_or(PrefixError::NotANumber)?;
    let length = u8::try_from(length).ok().filter(|length| *length > 0);
    length.and_then(|length| Prefix::new(family, address, length)).ok_or(PrefixError::LengthOutOfRange)
}

fn end(family: Family, text: &str) -> Result<u128, RangeError> {
    Prefix::address_of(family, text).map_err(|error| match error {
        PrefixError::OtherFamily => RangeError::OtherFamily,
        _ => RangeError::NotAnAddress,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_that_is_a_prefix_knows_its_length() {
        for (family, text, length) in [
            (Family::V4, "192.0.2.50-192.0.2.50", Some(32)),
            (Family::V4, "0.0.0.0-255.255.255.255", Some(0)),
            (Family::V4, "192.0.2.1-192.0.2.2", None),
            (Family::V4, "192.0.2.0-192.0.2.2", None),
            (Family::V6, "2001:db8::1000-2001:db8::1fff", Some(116)),
        ] {
            assert_eq!(AddressRange::parse(family, text).unwrap().prefix_length(), length, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_pool() {
        for (text, error) in [
            ("192.0.2.9-192.0.2.1", RangeError::Reversed),
            ("192.0.2.1", RangeError::Form),
            ("", RangeError::Form),
            ("192.0.2.1-", RangeError::NotAnAddress),
            ("192.0.2.1-192.0.2.2-192.0.2.3", RangeError::NotAnAddress),
            ("2001:db8::-2001:db8::1", RangeError::OtherFamily),
            ("192.0.2.0/0", RangeError::Prefix(PrefixError::LengthOutOfRange)),
            ("192.0.2.0/-4294967272", RangeError::Prefix(PrefixError::NotANumber)),
            ("192.0.2.1/24", RangeError::Prefix(PrefixError::HostBits)),
        ] {
            assert_eq!(AddressRange::parse(Family::V4, text), Err(error), "{text}");
        }
    }

    #[test]
    fn old_kea_let_a_pool_begin_within_its_prefix() {
        let pool = AddressRange::parse_pool(Family::V4, "192.0.2.5/24", false).unwrap();
        assert_eq!(
            (pool.first().to_string(), pool.last().to_string()),
            ("192.0.2.5".into(), "192.0.2.255".into())
        );
    }
}
