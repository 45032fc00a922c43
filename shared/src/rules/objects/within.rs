//! What stands within a subnet, and in which subnet a reservation stands.

use super::{Firsts, NOBODY, Object, Pool, Reservation, Reserved, Subnet, place};
use crate::net::{Prefix, PrefixError};
use std::ops::Range;

impl<'r> Subnet<'r> {
    /// Its number.
    pub(in crate::rules) fn place(self) -> usize {
        self.place
    }

    /// Its prefix, or why it cannot be read.
    pub(in crate::rules) fn prefix(self) -> Result<Prefix, PrefixError> {
        self.objects.prefixes.get(self.place).copied().unwrap_or(Err(PrefixError::NoLength))
    }

    /// The shared network that it is in.
    pub(in crate::rules) fn network(self) -> Option<Object<'r>> {
        Some(self.objects.object(*self.objects.networks.get(self.network_place()?)?))
    }

    /// The number of the shared network that it is in.
    pub(in crate::rules) fn network_place(self) -> Option<usize> {
        (self.object.row.owner != NOBODY).then(|| place(self.object.row.owner))
    }

    fn firsts(self) -> (Firsts, Firsts) {
        let at = |place| self.objects.firsts.get(place).copied().unwrap_or_default();
        (at(self.place), at(self.place + 1))
    }

    /// The numbers of its pools.
    pub(in crate::rules) fn pool_places(self) -> Range<usize> {
        let (from, to) = self.firsts();
        place(from.pools)..place(to.pools)
    }

    /// Its pools.
    pub(in crate::rules) fn pools(self) -> impl Iterator<Item = Pool<'r>> + Clone {
        self.pool_places().filter_map(move |place| self.objects.pool(place))
    }

    /// Its pd-pools.
    pub(in crate::rules) fn pd_pools(self) -> impl Iterator<Item = Pool<'r>> + Clone {
        let (from, to) = self.firsts();
        (place(from.pd_pools)..place(to.pd_pools)).filter_map(move |place| self.objects.pd_pool(place))
    }

    /// Its reservations.
    pub(in crate::rules) fn reservations(self) -> impl Iterator<Item = Reservation<'r>> + Clone {
        let (from, to) = self.firsts();
        self.objects.group(place(from.reservations)..place(to.reservations))
    }
}

impl<'r> Reservation<'r> {
    /// Its number.
    pub(in crate::rules) fn place(self) -> usize {
        self.place
    }

    /// The subnet that it is in; `None`: it is a global one.
    pub(in crate::rules) fn subnet(self) -> Option<Subnet<'r>> {
        self.objects.subnet(place(self.object.row.owner))
    }

    /// What it reserves, in the order of the text: addresses, then prefixes.
    pub(in crate::rules) fn reserved(self) -> &'r [Reserved] {
        let from = |place_of: usize| self.objects.reserved_from.get(place_of).copied().map_or(0, place);
        self.objects.reserved.get(from(self.place)..from(self.place + 1)).unwrap_or_default()
    }
}
