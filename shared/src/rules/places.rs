//! Where Kea's objects stand in a configuration.

use crate::{Family, json::Element};

/// What holds `option-data`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Global,
    Class,
    Network,
    Subnet,
    Pool,
    PdPool,
    Reservation,
}

/// The objects of a configuration that rules look at, each list in the order in which Kea's parser meets them.
#[derive(Debug, Default)]
pub(super) struct Places<'d> {
    /// The client classes.
    pub(super) classes: Vec<Element<'d>>,
    /// The shared networks.
    pub(super) networks: Vec<Element<'d>>,
    /// Every subnet, those of shared networks last.
    pub(super) subnets: Vec<Element<'d>>,
    /// Every reservation with its subnet; `None`: it is a global one.
    pub(super) reservations: Vec<(Element<'d>, Option<Element<'d>>)>,
    /// Every object that can hold `option-data`.
    pub(super) holders: Vec<(Element<'d>, Level)>,
}

impl<'d> Places<'d> {
    /// Collects the objects below `Dhcp4` or `Dhcp6`.
    pub(super) fn of(family: Family, root: Element<'d>) -> Self {
        let mut places = Self::default();
        places.holders.push((root, Level::Global));
        for class in root.maps("client-classes") {
            places.classes.push(class);
            places.holders.push((class, Level::Class));
        }
        for subnet in root.maps(family.subnet_key()) {
            places.subnet(subnet);
        }
        for network in root.maps("shared-networks") {
            places.networks.push(network);
            places.holders.push((network, Level::Network));
            for subnet in network.maps(family.subnet_key()) {
                places.subnet(subnet);
            }
        }
        places.reserved(root, None);
        places
    }

    fn subnet(&mut self, subnet: Element<'d>) {
        self.subnets.push(subnet);
        self.holders.push((subnet, Level::Subnet));
        self.holders.extend(subnet.maps("pools").map(|pool| (pool, Level::Pool)));
        self.holders.extend(subnet.maps("pd-pools").map(|pool| (pool, Level::PdPool)));
        self.reserved(subnet, Some(subnet));
    }

    fn reserved(&mut self, holder: Element<'d>, subnet: Option<Element<'d>>) {
        for reservation in holder.maps("reservations") {
            self.reservations.push((reservation, subnet));
            self.holders.push((reservation, Level::Reservation));
        }
    }
}
