//! Where Kea's objects stand in a configuration.

use super::Review;
use crate::config::items;
use serde_json::Value;

/// An object and its place.
#[derive(Debug, Clone)]
pub(super) struct Placed<'a> {
    /// Such as `Dhcp4.subnet4[0].pools[1]`.
    pub(super) path: String,
    /// The object.
    pub(super) value: &'a Value,
}

impl<'a> Placed<'a> {
    /// The items of the object's list `key`.
    pub(super) fn items(&self, key: &str) -> Vec<Self> {
        let at = |(index, value)| Placed { path: format!("{}.{key}[{index}]", self.path), value };
        items(self.value, key).iter().enumerate().map(at).collect()
    }

    /// The text below `key`.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }
}

/// A subnet and the shared network that it is in.
#[derive(Debug, Clone)]
pub(super) struct PlacedSubnet<'a> {
    pub(super) subnet: Placed<'a>,
    pub(super) network: Option<Placed<'a>>,
}

impl<'a> Review<'a> {
    /// The global map.
    pub(super) fn root(&self) -> Placed<'a> {
        Placed { path: self.config.family.root_key().to_owned(), value: &self.config.root }
    }

    /// Every subnet, those of shared networks last, as Kea's parser meets them.
    pub(super) fn subnets(&self) -> Vec<PlacedSubnet<'a>> {
        let (root, key) = (self.root(), self.config.family.subnet_key());
        let plain = root.items(key).into_iter().map(|subnet| PlacedSubnet { subnet, network: None });
        let inner = root.items("shared-networks").into_iter().flat_map(|network| {
            let placed = |subnet| PlacedSubnet { subnet, network: Some(network.clone()) };
            network.items(key).into_iter().map(placed).collect::<Vec<_>>()
        });
        plain.chain(inner).collect()
    }

    /// Every object that can hold `option-data`: the global map, classes, networks, subnets, pools, reservations.
    pub(super) fn option_holders(&self) -> Vec<Placed<'a>> {
        let mut found = vec![self.root()];
        let mut next = 0;
        while let Some(holder) = found.get(next).cloned() {
            next += 1;
            for key in [
                "client-classes",
                "shared-networks",
                "subnet4",
                "subnet6",
                "pools",
                "pd-pools",
                "reservations",
            ] {
                found.extend(holder.items(key).into_iter().filter(|item| item.value.is_object()));
            }
        }
        found
    }
}
