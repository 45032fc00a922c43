//! Typed views into a daemon's configuration, which itself stays Kea's JSON so that nothing unknown is lost.

use crate::{
    Family,
    option::{OptionData, OptionDef},
};
use serde_json::Value;

/// A daemon's configuration: the map below `Dhcp4` or `Dhcp6`.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Which daemon's.
    pub family: Family,
    /// The map.
    pub root: Value,
}

impl Config {
    /// The global `option-data`. Entries that are not option data at all are left out; the rules report them.
    pub fn options(&self) -> Vec<OptionData> {
        self.list("option-data")
    }

    /// The global `option-def`. Entries that are not definitions at all are left out; the rules report them.
    pub fn definitions(&self) -> Vec<OptionDef> {
        self.list("option-def")
    }

    fn list<T: serde::de::DeserializeOwned>(&self, key: &str) -> Vec<T> {
        let items = self.root.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(|item| T::deserialize(item).ok()).collect()
    }
}
