//! Typed views into a daemon's configuration, which itself stays Kea's JSON so that nothing unknown is lost.

mod answer;
mod inheritance;
mod mask;
mod rows;
mod secret;

pub use answer::ConfigError;
pub use inheritance::{freeze, thaw};
pub(crate) use inheritance::{inheritable, inherited, is_inheritable};
pub use mask::mask_text;
pub use rows::Rows;
pub(crate) use rows::comment;
pub use secret::{HIDDEN, each_secret, hidden, is_secret};

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

    /// Whether a control socket remains: without one, no console reaches the daemon until somebody edits its file
    /// and restarts it.
    pub fn keeps_control_socket(&self) -> bool {
        let present = |key| match self.root.get(key) {
            Some(Value::Object(socket)) => !socket.is_empty(),
            Some(Value::Array(sockets)) => !sockets.is_empty(),
            _ => false,
        };
        present("control-socket") || present("control-sockets")
    }

    fn list<T: serde::de::DeserializeOwned>(&self, key: &str) -> Vec<T> {
        items(&self.root, key).iter().filter_map(|item| T::deserialize(item).ok()).collect()
    }
}

/// The entries of the list below `key`; none when there is no list.
pub(crate) fn items<'a>(map: &'a Value, key: &str) -> &'a [Value] {
    map.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
