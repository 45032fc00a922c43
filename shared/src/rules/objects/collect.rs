//! The walk that collects the objects.

use super::{Firsts, Key, NOBODY, Objects, Reserved, ReservedKind, Row, key::KeyTable, reserved};
use crate::{
    Family, KeaVersion,
    json::{Element, Kind, NodeId},
    net::{AddressRange, Prefix, PrefixError, RangeError, parse_address},
};

impl<'d> Objects<'d> {
    /// Collects the objects below `Dhcp4` or `Dhcp6`.
    pub(in crate::rules) fn of(family: Family, version: KeaVersion, root: Element<'d>) -> Self {
        let mut walk = Walk::new();
        let global = walk.row(root, NOBODY);
        let objects = Self {
            root,
            family,
            version,
            members: Vec::new(),
            global,
            classes: Vec::new(),
            networks: Vec::new(),
            subnets: Vec::new(),
            firsts: Vec::new(),
            prefixes: Vec::new(),
            pools: Vec::new(),
            ranges: Vec::new(),
            pd_pools: Vec::new(),
            delegated: Vec::new(),
            reservations: Vec::new(),
            reserved: Vec::new(),
            reserved_from: Vec::new(),
        };
        objects.filled(walk)
    }

    fn filled(mut self, mut walk: Walk) -> Self {
        let subnet_key = if self.family == Family::V4 { Key::Subnet4 } else { Key::Subnet6 };
        for class in self.maps(&walk, self.global, Key::ClientClasses) {
            let row = walk.row(class, NOBODY);
            self.classes.push(row);
        }
        for subnet in self.maps(&walk, self.global, subnet_key) {
            self.add_subnet(&mut walk, subnet, NOBODY);
        }
        for (network, number) in self.maps(&walk, self.global, Key::SharedNetworks).zip(0..) {
            let row = walk.row(network, NOBODY);
            self.networks.push(row);
            for subnet in self.maps(&walk, row, subnet_key) {
                self.add_subnet(&mut walk, subnet, number);
            }
        }
        self.firsts.push(self.lengths());
        self.add_reservations(&mut walk, self.global, NOBODY);
        self.reserved_from.push(count(&self.reserved));
        self.members = walk.members;
        self
    }

    /// The maps in the list below a key of an object that was met.
    fn maps(&self, walk: &Walk, row: Row, key: Key) -> impl Iterator<Item = Element<'d>> + use<'d> {
        let list = walk.member(row, key).and_then(|id| self.root.document().element(id));
        list.into_iter().flat_map(Element::items).filter(|item| item.kind() == Kind::Map)
    }

    fn lengths(&self) -> Firsts {
        Firsts {
            pools: count(&self.pools),
            pd_pools: count(&self.pd_pools),
            reservations: count(&self.reservations),
        }
    }

    fn add_subnet(&mut self, walk: &mut Walk, subnet: Element<'d>, network: u32) {
        let number = count(&self.subnets);
        let row = walk.row(subnet, network);
        self.subnets.push(row);
        self.firsts.push(self.lengths());
        let prefix = self.string(walk, row, Key::Subnet, |text| Prefix::parse(self.family, text));
        self.prefixes.push(prefix.unwrap_or(Err(PrefixError::NoLength)));
        let aligned = !self.before(2, 3, 4);
        for pool in self.maps(walk, row, Key::Pools) {
            let pool = walk.row(pool, number);
            self.pools.push(pool);
            let range = self
                .string(walk, pool, Key::Pool, |text| AddressRange::parse_pool(self.family, text, aligned));
            self.ranges.push(range.unwrap_or(Err(RangeError::Form)));
        }
        if self.family == Family::V6 {
            for pool in self.maps(walk, row, Key::PdPools) {
                let pool = walk.row(pool, number);
                self.pd_pools.push(pool);
                self.delegated.push(self.delegated_by(walk, pool, aligned));
            }
        }
        self.add_reservations(walk, row, number);
    }

    /// The prefixes that a pd-pool delegates, as one range.
    fn delegated_by(&self, walk: &Walk, pool: Row, aligned: bool) -> Option<AddressRange> {
        let address = self.string(walk, pool, Key::Prefix, |text| parse_address(Family::V6, text))??;
        let length =
            walk.member(pool, Key::PrefixLen).and_then(|id| self.root.document().element(id)?.as_int())?;
        let length = u8::try_from(length).ok().filter(|length| *length > 0)?;
        let prefix = Prefix::new(Family::V6, address, length)?;
        let (first, last) = prefix.range().numbers();
        (!aligned || first == address).then(|| AddressRange::between(Family::V6, address, last))
    }

    fn add_reservations(&mut self, walk: &mut Walk, holder: Row, subnet: u32) {
        for reservation in self.maps(walk, holder, Key::Reservations) {
            let row = walk.row(reservation, subnet);
            self.reservations.push(row);
            self.reserved_from.push(count(&self.reserved));
            self.add_reserved(walk, row);
        }
    }

    fn add_reserved(&mut self, walk: &Walk, row: Row) {
        let (family, version) = (self.family, self.version);
        let member = |key| walk.member(row, key).and_then(|id| self.root.document().element(id));
        let mut add = |element: Element<'d>, kind, read: &dyn Fn(&str) -> Result<Prefix, PrefixError>| {
            let value = element.as_str().map(|text| read(&text));
            self.reserved.extend(value.map(|value| Reserved { at: element.id(), kind, value }));
        };
        let address = |text: &str| reserved::address(family, text);
        match family {
            Family::V4 => {
                if let Some(element) = member(Key::IpAddress) {
                    add(element, ReservedKind::Address, &address);
                }
            }
            Family::V6 => {
                for element in member(Key::IpAddresses).into_iter().flat_map(Element::items) {
                    add(element, ReservedKind::Address, &address);
                }
                for element in member(Key::Prefixes).into_iter().flat_map(Element::items) {
                    add(element, ReservedKind::Prefix, &|text| reserved::prefix(text, version));
                }
            }
        }
    }

    /// What the string below a key reads as.
    fn string<T>(&self, walk: &Walk, row: Row, key: Key, read: impl Fn(&str) -> T) -> Option<T> {
        let element = self.root.document().element(walk.member(row, key)?)?;
        Some(read(&element.as_str()?))
    }
}

fn count<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// What the walk carries with it.
struct Walk {
    table: KeyTable,
    members: Vec<NodeId>,
    /// The members of the object that is read, by key.
    met: [Option<NodeId>; 128],
}

impl Walk {
    fn new() -> Self {
        Self { table: KeyTable::new(), members: Vec::new(), met: [None; 128] }
    }

    /// Reads an object's members.
    fn row(&mut self, element: Element<'_>, owner: u32) -> Row {
        let mut keys = 0_u128;
        for member in element.children() {
            let Some(key) = member.key().and_then(|text| self.table.find(&text)) else { continue };
            keys |= key.bit();
            if let Some(place) = self.met.get_mut(usize::from(key as u8)) {
                *place = Some(member.id());
            }
        }
        let start = count(&self.members);
        let mut left = keys;
        while left != 0 {
            let place = usize::try_from(left.trailing_zeros()).unwrap_or(0);
            self.members.extend(self.met.get(place).copied().flatten());
            left &= left - 1;
        }
        Row { keys, element: element.id(), start, owner }
    }

    fn member(&self, row: Row, key: Key) -> Option<NodeId> {
        if row.keys & key.bit() == 0 {
            return None;
        }
        let before = (row.keys & (key.bit() - 1)).count_ones();
        let place = usize::try_from(row.start.checked_add(before)?).ok()?;
        self.members.get(place).copied()
    }
}
