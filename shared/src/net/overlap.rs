//! Which ranges overlap: one sweep over the sorted ranges, for every rule that asks.

use super::AddressRange;
use crate::Family;

/// Calls `found` with the places of two overlapping ranges, for each range that overlaps one before it in the order of
/// first addresses. Each is paired with the furthest-reaching one of those, so a long range that covers many is found
/// with all of them. `ranges` are sorted.
///
/// A range is its group, its first and its last number; ranges of different groups do not overlap.
pub fn sweep<G: Copy + PartialEq, T: Copy + Ord>(
    ranges: impl IntoIterator<Item = (G, T, T, u32)>,
    mut found: impl FnMut(u32, u32),
) {
    let mut furthest: Option<(G, T, u32)> = None;
    for (group, first, last, place) in ranges {
        match furthest {
            Some((same, reach, other)) if same == group => {
                if first <= reach {
                    found(other, place);
                }
                if last > reach {
                    furthest = Some((group, last, place));
                }
            }
            _ => furthest = Some((group, last, place)),
        }
    }
}

/// Sorts ranges and sweeps over them: `found` is called as [`sweep`] says. `ranges` are groups, ranges and places; all
/// ranges are of one family. IPv4's are sorted as the 32 bits that they are.
pub fn sweep_unsorted(
    family: Family,
    ranges: impl Iterator<Item = (u32, AddressRange, u32)>,
    found: impl FnMut(u32, u32),
) {
    match family {
        Family::V4 => {
            let narrow = |number: u128| u32::try_from(number).unwrap_or(u32::MAX);
            sort_and_sweep(
                ranges.map(|(group, range, place)| {
                    let (first, last) = range.numbers();
                    (group, narrow(first), narrow(last), place)
                }),
                found,
            );
        }
        Family::V6 => sort_and_sweep(
            ranges.map(|(group, range, place)| {
                let (first, last) = range.numbers();
                (group, first, last, place)
            }),
            found,
        ),
    }
}

fn sort_and_sweep<T: Copy + Ord>(
    ranges: impl Iterator<Item = (u32, T, T, u32)>,
    found: impl FnMut(u32, u32),
) {
    let mut sorted: Vec<(u32, T, T, u32)> = ranges.collect();
    sorted.sort_unstable();
    sweep(sorted, found);
}

/// The pairs of overlapping ranges, by their places in `ranges`, in the order of the first one's address. See [`sweep`].
///
/// # Example
/// ```
/// use perch_shared::{Family, net::{AddressRange, overlaps}};
/// let pool = |text| AddressRange::parse(Family::V4, text).unwrap();
/// let pools = [pool("10.0.0.8-10.0.0.9"), pool("10.0.0.0/24"), pool("10.0.1.0/24")];
/// assert_eq!(overlaps(Family::V4, &pools), [(1, 0)]);
/// ```
pub fn overlaps(family: Family, ranges: &[AddressRange]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let ranges = ranges.iter().zip(0..).map(|(range, place)| (0, *range, place));
    sweep_unsorted(family, ranges, |one, other| {
        found.extend(usize::try_from(one).ok().zip(usize::try_from(other).ok()));
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn ranges() -> impl Strategy<Value = Vec<(u8, AddressRange)>> {
        let one = (0u8..3, 0u128..60, 0u128..12)
            .prop_map(|(group, first, size)| (group, AddressRange::between(Family::V4, first, first + size)));
        proptest::collection::vec(one, 0..14)
    }

    proptest! {
        /// The law: a range is named exactly when it overlaps one that sorts before it, and every pair that is named
        /// does overlap.
        #[test]
        fn the_sweep_finds_what_comparing_all_pairs_finds(ranges in ranges()) {
            let mut sorted: Vec<(u8, u128, u128, u32)> = ranges.iter().zip(0..)
                .map(|((group, range), place)| (*group, range.numbers().0, range.numbers().1, place)).collect();
            sorted.sort_unstable();
            let mut naive = BTreeSet::new();
            for (index, one) in sorted.iter().enumerate() {
                for other in &sorted[..index] {
                    if one.0 == other.0 && one.1 <= other.2 {
                        naive.insert(one.3);
                    }
                }
            }
            let mut swept = BTreeSet::new();
            sweep(sorted, |one, other| {
                let (a, b) = (ranges[one as usize], ranges[other as usize]);
                assert!(a.0 == b.0 && a.1.overlaps(b.1));
                swept.insert(other);
            });
            prop_assert_eq!(swept, naive);
        }

        #[test]
        fn overlaps_is_the_sweep_without_groups(ranges in ranges()) {
            let ranges: Vec<AddressRange> = ranges.into_iter().map(|(_, range)| range).collect();
            let naive = ranges.iter().enumerate()
                .any(|(index, one)| ranges[..index].iter().any(|other| one.overlaps(*other)));
            prop_assert_eq!(!overlaps(Family::V4, &ranges).is_empty(), naive);
        }
    }
}
