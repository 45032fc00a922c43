//! How the addresses of a subnet are divided: what a picture of it shows, and what is still free.

use super::{AddressRange, Prefix, bits};
use crate::Family;
use std::collections::BTreeSet;

/// A picture is drawn of the whole subnet unless what is used is a smaller part of it than one in this many.
const ZOOM: u128 = 64;

/// The fewest addresses that a picture shows.
const LEAST: u8 = 4;

/// How finely reserved addresses are told apart.
const MARKS: f64 = 240.0;

/// In IPv6 a proposed pool ends where the last 16 bits of its addresses do.
const V6_POOL: u128 = 0xffff;

/// A subnet, divided.
#[derive(Debug, Clone, PartialEq)]
pub struct Space {
    /// The addresses that are shown.
    pub window: AddressRange,
    /// Whether that is the whole subnet, or only the part of it that is used.
    pub is_whole: bool,
    /// The parts of the window, from the first address to the last, without holes.
    pub parts: Vec<SpacePart>,
    /// Where addresses are reserved.
    pub marks: Vec<SpaceMark>,
}

/// A part of a subnet.
#[derive(Debug, Clone, PartialEq)]
pub struct SpacePart {
    /// What is there.
    pub kind: SpaceKind,
    /// Its addresses.
    pub range: AddressRange,
    /// Where it begins, as a part of 1.
    pub at: f64,
    /// How wide it is, as a part of 1.
    pub width: f64,
}

/// What a part of a subnet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpaceKind {
    /// No pool.
    Gap,
    /// One pool, by its place in the list.
    Pool(usize),
    /// Several pools, by their places in the list.
    Overlap(Vec<usize>),
}

/// Reserved addresses that are too near to each other to be told apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpaceMark {
    /// Where they are, as a part of 1.
    pub at: f64,
    /// The first of them.
    pub first: u128,
    /// How many.
    pub count: usize,
}

impl Space {
    /// Divides a subnet by its pools. What lies outside the subnet is left out.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{Family, net::{AddressRange, Prefix, Space, SpaceKind}};
    /// let subnet = Prefix::parse(Family::V4, "192.0.2.0/24").unwrap();
    /// let pool = AddressRange::parse(Family::V4, "192.0.2.64-192.0.2.127").unwrap();
    /// let space = Space::of(subnet, &[Some(pool)], &[]);
    /// let parts: Vec<_> = space.parts.iter().map(|part| (&part.kind, part.at, part.width)).collect();
    /// assert_eq!(parts, [(&SpaceKind::Gap, 0.0, 0.25), (&SpaceKind::Pool(0), 0.25, 0.25), (&SpaceKind::Gap, 0.5, 0.5)]);
    /// ```
    pub fn of(subnet: Prefix, pools: &[Option<AddressRange>], reserved: &[u128]) -> Self {
        let family = subnet.family();
        let whole = subnet.range();
        let pools: Vec<(usize, AddressRange)> = pools
            .iter()
            .enumerate()
            .filter_map(|(index, pool)| Some((index, clip(whole, (*pool)?)?)))
            .collect();
        let mut reserved: Vec<u128> =
            reserved.iter().copied().filter(|number| whole.contains_number(*number)).collect();
        reserved.sort_unstable();
        reserved.dedup();
        let window = window(subnet, &pools, &reserved);
        let scale = Scale { first: window.numbers().0, size: window.size() as f64 };
        let parts = divide(family, window, &pools)
            .into_iter()
            .map(|(kind, range)| {
                let width = range.size() as f64 / scale.size;
                SpacePart { kind, range, at: scale.at(range.numbers().0), width }
            })
            .collect();
        Self { window, is_whole: window == whole, parts, marks: marks(scale, &reserved) }
    }

    /// How many addresses are in pools; those of two pools count once.
    pub fn pooled(&self) -> u128 {
        let pools = self.parts.iter().filter(|part| part.kind != SpaceKind::Gap);
        pools.map(|part| part.range.size()).fold(0, u128::saturating_add)
    }
}

#[derive(Clone, Copy)]
struct Scale {
    first: u128,
    size: f64,
}

impl Scale {
    fn at(self, number: u128) -> f64 {
        number.saturating_sub(self.first) as f64 / self.size
    }
}

fn clip(whole: AddressRange, range: AddressRange) -> Option<AddressRange> {
    let ((first, last), (low, high)) = (range.numbers(), whole.numbers());
    whole.overlaps(range).then(|| AddressRange::between(range.family(), first.max(low), last.min(high)))
}

/// The smallest prefix around everything that is used, where the whole subnet would show nothing of it.
fn window(subnet: Prefix, pools: &[(usize, AddressRange)], reserved: &[u128]) -> AddressRange {
    let whole = subnet.range();
    let firsts = pools.iter().map(|(_, pool)| pool.numbers().0).chain(reserved.first().copied());
    let lasts = pools.iter().map(|(_, pool)| pool.numbers().1).chain(reserved.last().copied());
    let (Some(first), Some(last)) = (firsts.min(), lasts.max()) else { return whole };
    let host_bits = (128 - (first ^ last).leading_zeros()).max(LEAST.into());
    let length = u32::from(bits(subnet.family())).saturating_sub(host_bits);
    let around = u8::try_from(length).ok().and_then(|length| Prefix::new(subnet.family(), first, length));
    match around.map(Prefix::range) {
        Some(around) if around.size().saturating_mul(ZOOM) < whole.size() => around,
        _ => whole,
    }
}

/// The parts of a window, by one sweep over the ends of the pools.
fn divide(
    family: Family,
    window: AddressRange,
    pools: &[(usize, AddressRange)],
) -> Vec<(SpaceKind, AddressRange)> {
    let (first, last) = window.numbers();
    let mut ends: Vec<(u128, bool, usize)> = Vec::with_capacity(pools.len() * 2);
    for (index, pool) in pools {
        ends.push((pool.numbers().0, true, *index));
        if let Some(behind) = pool.numbers().1.checked_add(1) {
            ends.push((behind, false, *index));
        }
    }
    ends.sort_unstable();
    let mut open: BTreeSet<usize> = BTreeSet::new();
    let mut parts = Vec::new();
    let mut from = first;
    for (number, begins, index) in ends {
        if number > from && number <= last {
            parts.push((kind(&open), AddressRange::between(family, from, number - 1)));
            from = number;
        }
        if begins {
            open.insert(index);
        } else {
            open.remove(&index);
        }
    }
    parts.push((kind(&open), AddressRange::between(family, from, last)));
    parts
}

fn kind(open: &BTreeSet<usize>) -> SpaceKind {
    let mut all = open.iter().copied();
    match (all.next(), open.len()) {
        (None, _) => SpaceKind::Gap,
        (Some(one), 1) => SpaceKind::Pool(one),
        _ => SpaceKind::Overlap(open.iter().copied().collect()),
    }
}

fn marks(scale: Scale, reserved: &[u128]) -> Vec<SpaceMark> {
    let mut marks: Vec<SpaceMark> = Vec::new();
    for number in reserved {
        let at = scale.at(*number);
        match marks.last_mut() {
            Some(last) if (at - last.at) * MARKS < 1.0 => last.count += 1,
            _ => marks.push(SpaceMark { at, first: *number, count: 1 }),
        }
    }
    marks
}

/// The addresses that clients can have: in IPv4 not the first and the last of a subnet of at least four; in IPv6 not the
/// first, which all routers of a link share.
fn usable(subnet: Prefix) -> AddressRange {
    let (first, last) = subnet.range().numbers();
    let has_room = u16::from(subnet.length()) + 1 < u16::from(bits(subnet.family()));
    let end = if subnet.family() == Family::V4 { last.saturating_sub(1) } else { last };
    if has_room { AddressRange::between(subnet.family(), first + 1, end) } else { subnet.range() }
}

/// The first addresses that no pool has: a proposal for a new one. `avoid` are addresses that belong to somebody, such
/// as the routers.
///
/// # Example
/// ```
/// use perch_shared::{Family, net::{AddressRange, Prefix, first_gap}};
/// let subnet = Prefix::parse(Family::V4, "192.0.2.0/24").unwrap();
/// let pool = AddressRange::parse(Family::V4, "192.0.2.1-192.0.2.99").unwrap();
/// let gap = first_gap(subnet, &[Some(pool)], &[]).unwrap();
/// assert_eq!((gap.first().to_string(), gap.last().to_string()), ("192.0.2.100".into(), "192.0.2.254".into()));
/// ```
pub fn first_gap(subnet: Prefix, pools: &[Option<AddressRange>], avoid: &[u128]) -> Option<AddressRange> {
    let (first, last) = usable(subnet).numbers();
    let mut taken: Vec<(u128, u128)> = pools.iter().flatten().map(|pool| pool.numbers()).collect();
    taken.extend(avoid.iter().map(|number| (*number, *number)));
    taken.sort_unstable();
    let mut from = first;
    for (begin, end) in taken {
        if begin > last || from > last {
            break;
        }
        if begin > from {
            return Some(proposal(subnet.family(), from, begin - 1));
        }
        from = from.max(end.checked_add(1)?);
    }
    (from <= last).then(|| proposal(subnet.family(), from, last))
}

fn proposal(family: Family, first: u128, last: u128) -> AddressRange {
    let last = if family == Family::V6 { last.min(first | V6_POOL) } else { last };
    AddressRange::between(family, first, last)
}

/// The first address that nobody has: outside all pools, or, where `pools_too` and there is none, inside one. With it
/// comes the place of that pool in the list.
///
/// # Example
/// ```
/// use perch_shared::{Family, net::{AddressRange, Prefix, next_free}};
/// let subnet = Prefix::parse(Family::V4, "192.0.2.0/29").unwrap();
/// let pool = AddressRange::parse(Family::V4, "192.0.2.1-192.0.2.4").unwrap();
/// let free = |taken: &[u128]| next_free(subnet, &[Some(pool)], taken, true).map(|(number, pool)| (number & 7, pool));
/// assert_eq!(free(&[]), Some((5, None)));
/// assert_eq!(free(&[0xc0000205, 0xc0000206, 0xc0000201]), Some((2, Some(0))));
/// ```
pub fn next_free(
    subnet: Prefix,
    pools: &[Option<AddressRange>],
    taken: &[u128],
    pools_too: bool,
) -> Option<(u128, Option<usize>)> {
    let taken: BTreeSet<u128> = taken.iter().copied().collect();
    let usable = usable(subnet);
    let mut all: Vec<(u128, u128)> = pools.iter().flatten().map(|pool| pool.numbers()).collect();
    all.sort_unstable();
    let (mut from, last) = usable.numbers();
    let mut pools_left = all.into_iter().peekable();
    while from <= last {
        if let Some((_, end)) = pools_left.next_if(|(begin, _)| *begin <= from) {
            if end >= from {
                match end.checked_add(1) {
                    Some(next) => from = next,
                    None => break,
                }
            }
        } else if taken.contains(&from) {
            match from.checked_add(1) {
                Some(next) => from = next,
                None => break,
            }
        } else {
            return Some((from, None));
        }
    }
    let inside = |(index, pool): (usize, &Option<AddressRange>)| {
        let (mut from, last) = clip(usable, (*pool)?)?.numbers();
        while taken.contains(&from) && from < last {
            from += 1;
        }
        (!taken.contains(&from)).then_some((from, Some(index)))
    };
    pools_too.then(|| pools.iter().enumerate().find_map(inside)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn prefix(text: &str) -> Prefix {
        let family = if text.contains(':') { Family::V6 } else { Family::V4 };
        Prefix::parse(family, text).unwrap()
    }

    fn pool(text: &str) -> Option<AddressRange> {
        let family = if text.contains(':') { Family::V6 } else { Family::V4 };
        AddressRange::parse(family, text).ok()
    }

    fn text(range: AddressRange) -> String {
        format!("{}-{}", range.first(), range.last())
    }

    #[test]
    fn overlaps_and_what_lies_outside_are_seen() {
        let pools =
            [pool("10.0.0.0-10.0.0.127"), None, pool("10.0.0.64-10.0.0.191"), pool("10.0.1.0-10.0.1.9")];
        let space = Space::of(prefix("10.0.0.0/24"), &pools, &[]);
        let kinds: Vec<&SpaceKind> = space.parts.iter().map(|part| &part.kind).collect();
        let expected =
            [&SpaceKind::Pool(0), &SpaceKind::Overlap(vec![0, 2]), &SpaceKind::Pool(2), &SpaceKind::Gap];
        assert_eq!(kinds, expected);
        let places: Vec<f64> = space.parts.iter().map(|part| part.at).collect();
        assert_eq!(places, [0.0, 0.25, 0.5, 0.75]);
        assert_eq!(space.pooled(), 192);
    }

    #[test]
    fn a_small_part_of_a_large_subnet_is_shown_large() {
        let used = pool("2001:db8::1000-2001:db8::1fff");
        let reserved = used.unwrap().numbers().0 - 0x800;
        let space = Space::of(prefix("2001:db8::/64"), &[used], &[reserved]);
        assert!(!space.is_whole);
        assert_eq!(text(space.window), "2001:db8::-2001:db8::1fff");
        assert_eq!(space.parts.len(), 2);
        assert_eq!(space.parts[1].at, 0.5);
        assert_eq!(space.marks, [SpaceMark { at: 0.25, first: reserved, count: 1 }]);
        assert!(Space::of(prefix("2001:db8::/64"), &[], &[]).is_whole);
        assert!(Space::of(prefix("10.0.0.0/24"), &[pool("10.0.0.7-10.0.0.9")], &[]).is_whole);
        let all = Space::of(prefix("::/0"), &[pool("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")], &[]);
        assert_eq!((all.parts.len(), all.parts[0].width), (1, 1.0));
    }

    #[test]
    fn near_reservations_are_one_mark() {
        let first = prefix("10.0.0.0/16").range().numbers().0;
        let reserved: Vec<u128> = (0..100).map(|number| first + number).chain([first + 0x8000]).collect();
        let marks = Space::of(prefix("10.0.0.0/16"), &[], &reserved).marks;
        assert_eq!(marks.iter().map(|mark| mark.count).collect::<Vec<_>>(), [100, 1]);
    }

    #[test]
    fn a_new_pool_begins_where_nobody_is() {
        let subnet = prefix("10.0.0.0/24");
        let router = subnet.range().numbers().0 + 1;
        for (pools, avoid, expected) in [
            (vec![], vec![], "10.0.0.1-10.0.0.254"),
            (vec![], vec![router], "10.0.0.2-10.0.0.254"),
            (vec![pool("10.0.0.100-10.0.0.199")], vec![router], "10.0.0.2-10.0.0.99"),
            (vec![pool("10.0.0.0-10.0.0.99"), pool("10.0.0.50-10.0.0.80")], vec![], "10.0.0.100-10.0.0.254"),
        ] {
            assert_eq!(first_gap(subnet, &pools, &avoid).map(text).unwrap(), expected);
        }
        assert_eq!(first_gap(subnet, &[pool("10.0.0.0/24")], &[]), None);
        let v6 = first_gap(prefix("2001:db8::/64"), &[pool("2001:db8::1-2001:db8::ffff")], &[]);
        assert_eq!(v6.map(text).unwrap(), "2001:db8::1:0-2001:db8::1:ffff");
        let small = first_gap(prefix("10.0.0.0/31"), &[], &[]);
        assert_eq!(small.map(text).unwrap(), "10.0.0.0-10.0.0.1");
        let all = pool("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        assert_eq!(first_gap(prefix("::/0"), &[all], &[]), None);
    }

    #[test]
    fn an_address_outside_pools_comes_first() {
        let subnet = prefix("10.0.0.0/29");
        let first = subnet.range().numbers().0;
        let pools = [pool("10.0.0.4-10.0.0.6")];
        let free = |taken: &[u128], too| {
            let taken: Vec<u128> = taken.iter().map(|number| first + number).collect();
            next_free(subnet, &pools, &taken, too).map(|(number, pool)| (number - first, pool))
        };
        assert_eq!(free(&[], true), Some((1, None)));
        assert_eq!(free(&[1, 2], true), Some((3, None)));
        assert_eq!(free(&[1, 2, 3, 4], true), Some((5, Some(0))));
        assert_eq!(free(&[1, 2, 3], false), None);
        assert_eq!(free(&[1, 2, 3, 4, 5, 6], true), None);
        let v6 = next_free(prefix("2001:db8::/64"), &[pool("2001:db8::/80")], &[], true).unwrap();
        assert_eq!(v6.0, prefix("2001:db8:0:0:1::/80").number());
    }

    proptest! {
        /// The law: the parts cover the window without holes, and what is free is nobody's.
        #[test]
        fn parts_have_no_holes(pools in proptest::collection::vec((0u128..300, 0u128..80), 0..8), taken in proptest::collection::vec(0u128..256, 0..40)) {
            let subnet = prefix("10.0.0.0/24");
            let first = subnet.range().numbers().0;
            let pools: Vec<Option<AddressRange>> = pools.into_iter()
                .map(|(at, size)| Some(AddressRange::between(Family::V4, first + at, first + at + size))).collect();
            let taken: Vec<u128> = taken.into_iter().map(|number| first + number).collect();
            let space = Space::of(subnet, &pools, &taken);
            let sum: u128 = space.parts.iter().map(|part| part.range.size()).sum();
            prop_assert_eq!(sum, 256);
            prop_assert_eq!(space.marks.iter().map(|mark| mark.count).sum::<usize>(), taken.iter().collect::<BTreeSet<_>>().len());
            let in_pool = |number: u128| pools.iter().flatten().any(|pool| pool.contains_number(number));
            if let Some((number, pool)) = next_free(subnet, &pools, &taken, true) {
                prop_assert!(!taken.contains(&number));
                prop_assert_eq!(pool.is_some(), in_pool(number));
            }
            if let Some(gap) = first_gap(subnet, &pools, &taken) {
                let (low, high) = gap.numbers();
                prop_assert!((low..=high).all(|number| !in_pool(number) && !taken.contains(&number)));
            }
        }
    }
}
