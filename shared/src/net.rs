//! Addresses, prefixes and ranges, as Kea reads them.

use crate::Family;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address in a form that can be counted with: DHCPv4's 32 bits or DHCPv6's 128.
pub fn parse_address(family: Family, text: &str) -> Option<u128> {
    Some(match family {
        Family::V4 => u32::from(text.parse::<Ipv4Addr>().ok()?).into(),
        Family::V6 => text.parse::<Ipv6Addr>().ok()?.into(),
    })
}

/// A prefix such as `192.0.2.0/24`. Kea keeps the bits behind the length, so they are kept here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prefix {
    family: Family,
    address: u128,
    length: u8,
}

impl Prefix {
    /// Reads a prefix. Like Kea, it ignores blanks.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{Family, net::Prefix};
    /// assert!(Prefix::parse(Family::V4, "192.0.2.0 / 24").is_some());
    /// assert!(Prefix::parse(Family::V4, "192.0.2.0/33").is_none());
    /// ```
    pub fn parse(family: Family, text: &str) -> Option<Self> {
        let text = without_blanks(text);
        let (address, length) = text.split_once('/')?;
        let length = length.parse().ok().filter(|length| *length <= bits(family))?;
        Some(Self { family, address: parse_address(family, address)?, length })
    }

    /// The addresses that it covers.
    pub fn range(self) -> AddressRange {
        let host_bits = u32::from(bits(self.family) - self.length);
        let mask = u128::MAX.checked_shr(128 - host_bits).unwrap_or(0);
        AddressRange { family: self.family, first: self.address & !mask, last: self.address | mask }
    }
}

/// Addresses from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AddressRange {
    family: Family,
    first: u128,
    last: u128,
}

impl AddressRange {
    /// Reads a pool: `192.0.2.1 - 192.0.2.9`, or a prefix. Like Kea, it ignores blanks.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{Family, net::AddressRange};
    /// let pool = AddressRange::parse(Family::V4, "192.0.2.0 - 192.0.2.255");
    /// assert_eq!(pool, AddressRange::parse(Family::V4, "192.0.2.0/24"));
    /// ```
    pub fn parse(family: Family, text: &str) -> Option<Self> {
        let text = without_blanks(text);
        let Some((first, last)) = text.split_once('-') else {
            return Some(Prefix::parse(family, &text)?.range());
        };
        let (first, last) = (parse_address(family, first)?, parse_address(family, last)?);
        (first <= last).then_some(Self { family, first, last })
    }

    /// Whether every address of `other` is in this range.
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
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

    /// The first address.
    pub fn first(self) -> IpAddr {
        self.address(self.first)
    }

    /// The last address.
    pub fn last(self) -> IpAddr {
        self.address(self.last)
    }

    /// How many addresses it holds; all of IPv6 counts as one less.
    pub fn size(self) -> u128 {
        (self.last - self.first).saturating_add(1)
    }

    /// The address that comes `index` after the first; `None` behind the last.
    pub fn nth(self, index: u128) -> Option<IpAddr> {
        let number = self.first.checked_add(index).filter(|number| *number <= self.last)?;
        Some(self.address(number))
    }

    fn address(self, number: u128) -> IpAddr {
        match self.family {
            Family::V4 => Ipv4Addr::from(u32::try_from(number).unwrap_or(u32::MAX)).into(),
            Family::V6 => Ipv6Addr::from(number).into(),
        }
    }
}

/// The pairs of overlapping ranges, by their places in `ranges`, in the order of the first one's address. Each range
/// is paired with the furthest-reaching one before it, so a long range that covers many is found with all of them.
pub fn overlaps(ranges: &[AddressRange]) -> Vec<(usize, usize)> {
    let mut sorted: Vec<(usize, AddressRange)> = ranges.iter().copied().enumerate().collect();
    sorted.sort_by_key(|(_, range)| *range);
    let mut furthest: Option<(usize, AddressRange)> = None;
    let mut found = Vec::new();
    for (index, range) in sorted {
        if let Some((other, reach)) = furthest
            && reach.overlaps(range)
        {
            found.push((other, index));
        }
        if furthest.is_none_or(|(_, reach)| range.last > reach.last) {
            furthest = Some((index, range));
        }
    }
    found
}

fn bits(family: Family) -> u8 {
    match family {
        Family::V4 => 32,
        Family::V6 => 128,
    }
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_prefixes_as_kea_does() {
        for (family, text, first, last) in [
            (Family::V4, "192.0.2.0/24", "192.0.2.0", "192.0.2.255"),
            (Family::V4, "1 92.0.2.7\t/ +24", "192.0.2.0", "192.0.2.255"),
            (Family::V4, "0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
            (Family::V4, "192.0.2.7/032", "192.0.2.7", "192.0.2.7"),
            (Family::V6, "2001:db8::/64", "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff"),
            (Family::V6, "::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] {
            let range = Prefix::parse(family, text).unwrap().range();
            assert_eq!(
                (range.first().to_string(), range.last().to_string()),
                (first.into(), last.into()),
                "{text}"
            );
        }
        for (family, text) in [
            (Family::V4, "192.0.2.0"),
            (Family::V4, "192.0.2.0/33"),
            (Family::V4, "192.0.2.256/24"),
            (Family::V4, "2001:db8::/32"),
            (Family::V6, "192.0.2.0/24"),
            (Family::V6, "2001:db8::/129"),
            (Family::V6, ""),
        ] {
            assert_eq!(Prefix::parse(family, text), None, "{text}");
        }
    }

    #[test]
    fn a_range_that_is_a_prefix_knows_its_length() {
        for (family, text, length) in [
            (Family::V4, "192.0.2.50-192.0.2.50", Some(32)),
            (Family::V4, "0.0.0.0-255.255.255.255", Some(0)),
            (Family::V4, "192.0.2.1-192.0.2.2", None),
            (Family::V4, "192.0.2.0-192.0.2.2", None),
            (Family::V6, "2001:db8::1000-2001:db8::1fff", Some(116)),
            (Family::V6, "::/0", Some(0)),
        ] {
            assert_eq!(AddressRange::parse(family, text).unwrap().prefix_length(), length, "{text}");
        }
    }

    #[test]
    fn a_reversed_pool_or_a_single_address_is_none() {
        for text in ["192.0.2.9-192.0.2.1", "192.0.2.1", "192.0.2.1-", "192.0.2.1-192.0.2.2-192.0.2.3"] {
            assert_eq!(AddressRange::parse(Family::V4, text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_sweep_finds_an_overlap_exactly_where_comparing_all_pairs_does(ends in proptest::collection::vec((0u128..60, 0u128..12), 0..12)) {
            let ranges: Vec<AddressRange> = ends.iter()
                .map(|(first, size)| AddressRange { family: Family::V4, first: *first, last: first + size }).collect();
            let mut naive = std::collections::BTreeSet::new();
            for (left, one) in ranges.iter().enumerate() {
                for (right, other) in ranges.iter().enumerate().skip(left + 1) {
                    if one.overlaps(*other) {
                        naive.extend([left, right]);
                    }
                }
            }
            let swept = overlaps(&ranges);
            prop_assert_eq!(swept.is_empty(), naive.is_empty());
            for (left, right) in swept {
                prop_assert!(ranges[left].overlaps(ranges[right]));
            }
        }
    }
}
