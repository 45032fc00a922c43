//! The objects that hold parameters, with the places of their members: collected in one walk, asked by every rule.

mod collect;
mod key;
mod reserved;
mod routers;
mod within;

pub(in crate::rules) use key::Key;
pub(in crate::rules) use reserved::{Reserved, ReservedKind, prefix as read_reserved_prefix};

use crate::{
    Family, KeaVersion,
    json::{Element, NodeId},
    net::{AddressRange, Prefix, PrefixError, RangeError},
};
use std::{borrow::Cow, ops::Range};

/// One object: where it stands and which members it has.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// The keys that it has.
    keys: u128,
    element: NodeId,
    /// Where its members begin in [`Objects::members`], in the order of the keys.
    start: u32,
    /// The number of the object around it: of a pool's subnet, of a subnet's shared network; [`NOBODY`] without one.
    owner: u32,
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Level {
    Global,
    Class,
    Network,
    Subnet,
    Pool,
    PdPool,
    Reservation,
}

const NOBODY: u32 = u32::MAX;

/// Where the children of a subnet stand in their lists.
#[derive(Debug, Clone, Copy, Default)]
struct Firsts {
    pools: u32,
    pd_pools: u32,
    reservations: u32,
}

/// Every object of a configuration. Lists are in the order of the text, except that the subnets of shared networks
/// come after the others.
#[derive(Debug)]
pub(in crate::rules) struct Objects<'d> {
    root: Element<'d>,
    /// Whose configuration it is.
    pub(in crate::rules) family: Family,
    /// For which Kea it is checked.
    pub(in crate::rules) version: KeaVersion,
    members: Vec<NodeId>,
    global: Row,
    classes: Vec<Row>,
    networks: Vec<Row>,
    subnets: Vec<Row>,
    /// One more than subnets: the last one holds the lists' ends.
    firsts: Vec<Firsts>,
    prefixes: Vec<Result<Prefix, PrefixError>>,
    pools: Vec<Row>,
    ranges: Vec<Result<AddressRange, RangeError>>,
    pd_pools: Vec<Row>,
    delegated: Vec<Option<AddressRange>>,
    /// Those of the subnets; global ones come last.
    reservations: Vec<Row>,
    /// What the reservations reserve, in their order.
    reserved: Vec<Reserved>,
    /// Where each reservation's begin, and one more.
    reserved_from: Vec<u32>,
}

/// An object, ready to be asked for its members. Copied freely.
#[derive(Debug, Clone, Copy)]
pub(in crate::rules) struct Object<'r> {
    /// The object itself.
    pub(in crate::rules) element: Element<'r>,
    members: &'r [NodeId],
    row: Row,
}

impl<'r> Object<'r> {
    /// Whether it has a key.
    pub(in crate::rules) fn has(self, key: Key) -> bool {
        self.row.keys & key.bit() != 0
    }

    /// Whether it has one of some keys.
    pub(in crate::rules) fn has_any(self, keys: &[Key]) -> bool {
        keys.iter().any(|key| self.has(*key))
    }

    /// The member of a key; of several with one key, the last.
    pub(in crate::rules) fn get(self, key: Key) -> Option<Element<'r>> {
        if !self.has(key) {
            return None;
        }
        let before = (self.row.keys & (key.bit() - 1)).count_ones();
        let place = usize::try_from(self.row.start.checked_add(before)?).ok()?;
        self.element.document().element(*self.members.get(place)?)
    }

    /// The text of the string below a key.
    pub(in crate::rules) fn text(self, key: Key) -> Option<Cow<'r, str>> {
        self.get(key)?.as_str()
    }

    /// The value of the integer below a key.
    pub(in crate::rules) fn int(self, key: Key) -> Option<i64> {
        self.get(key)?.as_int()
    }

    /// The value of the boolean below a key.
    pub(in crate::rules) fn bool(self, key: Key) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    /// The items of the list below a key.
    pub(in crate::rules) fn list(self, key: Key) -> impl Iterator<Item = Element<'r>> {
        self.get(key).into_iter().flat_map(Element::items)
    }
}

/// A subnet.
#[derive(Debug, Clone, Copy)]
pub(in crate::rules) struct Subnet<'r> {
    objects: &'r Objects<'r>,
    place: usize,
    /// Its parameters.
    pub(in crate::rules) object: Object<'r>,
}

/// A pool or pd-pool.
#[derive(Debug, Clone, Copy)]
pub(in crate::rules) struct Pool<'r> {
    /// Its parameters.
    pub(in crate::rules) object: Object<'r>,
    /// Its subnet's number.
    pub(in crate::rules) subnet: usize,
    /// The addresses or prefixes that it holds, where they can be read.
    pub(in crate::rules) range: Option<AddressRange>,
}

/// A reservation.
#[derive(Debug, Clone, Copy)]
pub(in crate::rules) struct Reservation<'r> {
    objects: &'r Objects<'r>,
    place: usize,
    /// Its parameters.
    pub(in crate::rules) object: Object<'r>,
}

impl<'r> Objects<'r> {
    fn object(&'r self, row: Row) -> Object<'r> {
        Object { element: self.element(row.element), members: &self.members, row }
    }

    /// The value of a number.
    pub(in crate::rules) fn element(&'r self, id: NodeId) -> Element<'r> {
        self.root.document().element(id).unwrap_or(self.root)
    }

    /// Whether it is for a Kea before a version.
    pub(in crate::rules) fn before(&self, major: u16, minor: u16, patch: u16) -> bool {
        self.version < KeaVersion::new(major, minor, patch)
    }

    /// Every object that can hold `option-data`.
    pub(in crate::rules) fn holders(&'r self) -> impl Iterator<Item = (Object<'r>, Level)> {
        let lists = [
            (std::slice::from_ref(&self.global), Level::Global),
            (&self.classes, Level::Class),
            (&self.networks, Level::Network),
            (&self.subnets, Level::Subnet),
            (&self.pools, Level::Pool),
            (&self.pd_pools, Level::PdPool),
            (&self.reservations, Level::Reservation),
        ];
        let of =
            move |(rows, level): (&'r [Row], Level)| rows.iter().map(move |row| (self.object(*row), level));
        lists.into_iter().flat_map(of)
    }

    /// The global map.
    pub(in crate::rules) fn global(&'r self) -> Object<'r> {
        self.object(self.global)
    }

    /// The client classes.
    pub(in crate::rules) fn classes(&'r self) -> impl Iterator<Item = Object<'r>> {
        self.classes.iter().map(|row| self.object(*row))
    }

    /// The shared networks.
    pub(in crate::rules) fn networks(&'r self) -> impl Iterator<Item = Object<'r>> {
        self.networks.iter().map(|row| self.object(*row))
    }

    /// Shared networks, then subnets: what inherits from the global map.
    pub(in crate::rules) fn scopes(&'r self) -> impl Iterator<Item = Object<'r>> {
        self.networks().chain(self.subnets().map(|subnet| subnet.object))
    }

    /// The subnets.
    pub(in crate::rules) fn subnets(&'r self) -> impl Iterator<Item = Subnet<'r>> {
        (0..self.subnets.len()).filter_map(|place| self.subnet(place))
    }

    /// A subnet by its number.
    pub(in crate::rules) fn subnet(&'r self, place: usize) -> Option<Subnet<'r>> {
        let row = self.subnets.get(place)?;
        Some(Subnet { objects: self, place, object: self.object(*row) })
    }

    /// How many subnets there are.
    pub(in crate::rules) fn subnet_count(&self) -> usize {
        self.subnets.len()
    }

    /// Every pool.
    pub(in crate::rules) fn pools(&'r self) -> impl Iterator<Item = Pool<'r>> {
        (0..self.pools.len()).filter_map(|place| self.pool(place))
    }

    /// A pool by its number.
    pub(in crate::rules) fn pool(&'r self, place: usize) -> Option<Pool<'r>> {
        let range = self.ranges.get(place).and_then(|range| range.ok());
        pool(self, self.pools.get(place)?, range)
    }

    /// Every pd-pool.
    pub(in crate::rules) fn pd_pools(&'r self) -> impl Iterator<Item = Pool<'r>> {
        (0..self.pd_pools.len()).filter_map(|place| self.pd_pool(place))
    }

    /// A pd-pool by its number.
    pub(in crate::rules) fn pd_pool(&'r self, place: usize) -> Option<Pool<'r>> {
        pool(self, self.pd_pools.get(place)?, self.delegated.get(place).copied().flatten())
    }

    /// Why the range of a pool cannot be read, by pool.
    pub(in crate::rules) fn unreadable_pools(&'r self) -> impl Iterator<Item = (Object<'r>, RangeError)> {
        let pairs = self.pools.iter().zip(&self.ranges);
        pairs
            .filter_map(|(row, range)| Some((self.object(*row), range.err()?)))
            .filter(|(object, _)| object.get(Key::Pool).is_some_and(|pool| pool.source().starts_with('"')))
    }

    /// Every reservation, global ones last.
    pub(in crate::rules) fn reservations(&'r self) -> impl Iterator<Item = Reservation<'r>> {
        (0..self.reservations.len()).filter_map(|place| self.reservation(place))
    }

    fn reservation(&'r self, place: usize) -> Option<Reservation<'r>> {
        let row = self.reservations.get(place)?;
        Some(Reservation { objects: self, place, object: self.object(*row) })
    }

    /// The reservations of one subnet after the other, and the global ones: each group shares nothing with another.
    pub(in crate::rules) fn reservation_groups(&'r self) -> impl Iterator<Item = Range<usize>> {
        let ends = self.firsts.iter().map(|first| place(first.reservations)).skip(1);
        let ends = ends.chain([self.reservations.len()]);
        let mut from = 0;
        ends.map(move |end| std::mem::replace(&mut from, end)..end).filter(|group| !group.is_empty())
    }

    /// The reservations of a group.
    pub(in crate::rules) fn group(
        &'r self,
        group: Range<usize>,
    ) -> impl Iterator<Item = Reservation<'r>> + Clone {
        group.filter_map(|place| self.reservation(place))
    }
}

fn pool<'r>(objects: &'r Objects<'r>, row: &Row, range: Option<AddressRange>) -> Option<Pool<'r>> {
    Some(Pool { object: objects.object(*row), subnet: place(row.owner), range })
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
