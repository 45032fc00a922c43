//! A prefix such as `192.0.2.0/24`.

use super::{AddressRange, address::family_of, bits, parse_address, unsigned, without_blanks};
use crate::Family;
use std::{fmt, net::IpAddr};

/// A prefix such as `192.0.2.0/24`. Kea keeps the bits behind the length, so they are kept here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix {
    family: Family,
    address: u128,
    length: u8,
}

/// Why a text is no prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrefixError {
    /// There is no `/`.
    #[error("it has no `/` with a length")]
    NoLength,
    /// What stands before the `/` is no address.
    #[error("what stands before the `/` is no address")]
    NotAnAddress,
    /// The address is of the other protocol.
    #[error("its address is of the other protocol")]
    OtherFamily,
    /// What stands behind the `/` is no number.
    #[error("what stands behind the `/` is no number")]
    NotANumber,
    /// The length is beyond the address's bits.
    #[error("its length is out of range")]
    LengthOutOfRange,
    /// There are bits behind the length where Kea wants none.
    #[error("its address has bits behind the length")]
    HostBits,
    /// The address is a multicast address.
    #[error("its address is a multicast address")]
    Multicast,
}

impl Prefix {
    /// A prefix of its parts; `None`: the length is beyond the family's bits.
    pub fn new(family: Family, address: u128, length: u8) -> Option<Self> {
        (length <= bits(family)).then_some(Self { family, address, length })
    }

    /// Reads a prefix. Like Kea, it ignores blanks, and takes lengths such as `024` and `+24`.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{Family, net::{Prefix, PrefixError}};
    /// assert!(Prefix::parse(Family::V4, "192.0.2.0 / 24").is_ok());
    /// assert_eq!(Prefix::parse(Family::V4, "192.0.2.0/33"), Err(PrefixError::LengthOutOfRange));
    /// ```
    pub fn parse(family: Family, text: &str) -> Result<Self, PrefixError> {
        let text = without_blanks(text);
        let (address, length) = text.split_once('/').ok_or(PrefixError::NoLength)?;
        let address = Self::address_of(family, address)?;
        let length = unsigned(length).ok_or(PrefixError::NotANumber)?;
        let length = u8::try_from(length).ok().filter(|length| *length <= bits(family));
        Ok(Self { family, address, length: length.ok_or(PrefixError::LengthOutOfRange)? })
    }

    pub(super) fn address_of(family: Family, text: &str) -> Result<u128, PrefixError> {
        parse_address(family, text).ok_or_else(|| match family_of(text) {
            Some(_) => PrefixError::OtherFamily,
            None => PrefixError::NotAnAddress,
        })
    }

    /// The family.
    pub fn family(self) -> Family {
        self.family
    }

    /// The number of its address, with the bits behind the length.
    pub fn number(self) -> u128 {
        self.address
    }

    /// Its address, with the bits behind the length.
    pub fn address(self) -> IpAddr {
        super::address::address(self.family, self.address)
    }

    /// How many bits it fixes.
    pub fn length(self) -> u8 {
        self.length
    }

    /// Whether its address has bits behind the length.
    pub fn has_host_bits(self) -> bool {
        self.address & self.host_mask() != 0
    }

    /// The same prefix without bits behind the length.
    #[must_use]
    pub fn aligned(self) -> Self {
        Self { address: self.address & !self.host_mask(), ..self }
    }

    /// The addresses that it covers.
    pub fn range(self) -> AddressRange {
        let mask = self.host_mask();
        AddressRange::between(self.family, self.address & !mask, self.address | mask)
    }

    fn host_mask(self) -> u128 {
        let host_bits = u32::from(bits(self.family) - self.length);
        u128::MAX.checked_shr(128 - host_bits).unwrap_or(0)
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address(), self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_prefixes_as_kea_does() {
        for (family, text, first, last) in [
            (Family::V4, "192.0.2.0/24", "192.0.2.0", "192.0.2.255"),
            (Family::V4, "1 92.0.2.7\t/ +24", "192.0.2.0", "192.0.2.255"),
            (Family::V4, "0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
            (Family::V4, "192.0.2.7/032", "192.0.2.7", "192.0.2.7"),
            (Family::V6, "2001:db8::/64", "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff"),
            (Family::V6, "fe80::%lo/64", "fe80::", "fe80::ffff:ffff:ffff:ffff"),
            (Family::V6, "::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] {
            let range = Prefix::parse(family, text).unwrap().range();
            let ends = (range.first().to_string(), range.last().to_string());
            assert_eq!(ends, (first.into(), last.into()), "{text}");
        }
        for (family, text, error) in [
            (Family::V4, "192.0.2.0", PrefixError::NoLength),
            (Family::V4, "192.0.2.0/33", PrefixError::LengthOutOfRange),
            (Family::V4, "192.0.2.0/-1", PrefixError::LengthOutOfRange),
            (Family::V4, "192.0.2.0/", PrefixError::NotANumber),
            (Family::V4, "192.0.2.0/24/24", PrefixError::NotANumber),
            (Family::V4, "192.0.2.256/24", PrefixError::NotAnAddress),
            (Family::V4, "192.0.02.0/24", PrefixError::NotAnAddress),
            (Family::V4, "2001:db8::/32", PrefixError::OtherFamily),
            (Family::V6, "192.0.2.0/24", PrefixError::OtherFamily),
            (Family::V6, "2001:db8::/129", PrefixError::LengthOutOfRange),
            (Family::V6, "", PrefixError::NoLength),
        ] {
            assert_eq!(Prefix::parse(family, text), Err(error), "{text}");
        }
    }

    #[test]
    fn bits_behind_the_length_are_kept_and_can_be_dropped() {
        let prefix = Prefix::parse(Family::V4, "10.1.2.3/8").unwrap();
        assert!(prefix.has_host_bits());
        assert_eq!(prefix.to_string(), "10.1.2.3/8");
        assert_eq!(prefix.aligned().to_string(), "10.0.0.0/8");
        assert!(!prefix.aligned().has_host_bits());
    }
}
