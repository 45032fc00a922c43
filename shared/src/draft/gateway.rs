//! The router of a subnet, and the pool that leaves its address out.

use super::{Draft, join};
use crate::{
    Family,
    net::{AddressRange, Prefix, parse_address, usable},
    option::OptionData,
};

/// The code of `routers` (RFC 2132, section 3.5).
const ROUTERS: u16 = 3;

impl Draft {
    /// What the subnet's own option `routers` says; empty: it has none.
    pub fn gateway_of(&self, subnet: &str) -> String {
        self.routers_of(subnet).map(|path| self.option(&path).data).unwrap_or_default()
    }

    /// Gives a subnet its router; empty: takes it away.
    pub fn set_gateway(&mut self, subnet: &str, address: &str) {
        let option = OptionData {
            code: Some(ROUTERS),
            name: "routers".to_owned(),
            data: address.to_owned(),
            ..OptionData::default()
        };
        match (self.routers_of(subnet), address.is_empty()) {
            (Some(path), true) => self.remove(&path),
            (Some(path), false) => self.set_text(&join(&path, "data"), address),
            (None, true) => {}
            (None, false) => drop(self.add_option(subnet, &option)),
        }
    }

    fn routers_of(&self, subnet: &str) -> Option<String> {
        let definitions = self.definitions(subnet);
        let is_it = |option: &OptionData| {
            definitions.resolve(option).is_some_and(|found| found.code == ROUTERS && found.space == "dhcp4")
        };
        self.options(subnet).into_iter().find(|set| is_it(&set.option)).map(|set| set.path)
    }
}

/// The pool to propose for a prefix: what clients can have of it, on the larger side of the gateway.
///
/// # Example
/// ```
/// use perch_shared::{Family, draft::pool_beside};
/// let pool = |gateway| pool_beside(Family::V4, "192.0.2.0/24", gateway).map(|range| range.to_string());
/// assert_eq!(pool("192.0.2.1").as_deref(), Some("192.0.2.2 - 192.0.2.254"));
/// assert_eq!(pool("").as_deref(), Some("192.0.2.1 - 192.0.2.254"));
/// ```
pub fn pool_beside(family: Family, prefix: &str, gateway: &str) -> Option<AddressRange> {
    let whole = for_clients(family, prefix)?;
    let (first, last) = whole.numbers();
    let inside = parse_address(family, gateway.trim()).filter(|address| (first..=last).contains(address));
    Some(match inside {
        _ if first == last => whole,
        Some(address) if address - first > last - address => {
            AddressRange::between(family, first, address - 1)
        }
        Some(address) => AddressRange::between(family, address + 1, last),
        None => whole,
    })
}

/// The first address that clients could have, which is the usual place of a router; `None`: there is no such prefix.
pub fn usual_gateway(family: Family, prefix: &str) -> Option<String> {
    for_clients(family, prefix).map(|whole| whole.first().to_string())
}

/// What clients can have of a prefix; `None`: there is no such prefix.
fn for_clients(family: Family, prefix: &str) -> Option<AddressRange> {
    Prefix::parse(family, prefix).ok().filter(|prefix| !prefix.has_host_bits()).map(usable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeaVersion, api::ConfigurationView};
    use serde_json::json;

    #[test]
    fn a_gateway_comes_and_goes() {
        let config = json!({"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "option-data": [{"code": 6, "data": "192.0.2.9"}]}]});
        let mut draft = Draft::new(ConfigurationView {
            family: Family::V4,
            version: KeaVersion::new(2, 2, 0),
            hash: "A".into(),
            config,
        });
        assert_eq!(draft.gateway_of("subnet4[0]"), "");
        draft.set_gateway("subnet4[0]", "192.0.2.1");
        draft.set_gateway("subnet4[0]", "192.0.2.2");
        assert_eq!(draft.gateway_of("subnet4[0]"), "192.0.2.2");
        assert_eq!(draft.options("subnet4[0]").len(), 2);
        draft.set_gateway("subnet4[0]", "");
        assert!(!draft.is_changed());
    }

    #[test]
    fn the_larger_side_is_proposed() {
        for (prefix, gateway, pool) in [
            ("192.0.2.0/24", "192.0.2.254", Some("192.0.2.1 - 192.0.2.253")),
            ("192.0.2.0/24", "192.0.2.200", Some("192.0.2.1 - 192.0.2.199")),
            ("192.0.2.0/24", "198.51.100.1", Some("192.0.2.1 - 192.0.2.254")),
            ("192.0.2.0/24", "192.0.", Some("192.0.2.1 - 192.0.2.254")),
            ("192.0.2.4/30", "192.0.2.5", Some("192.0.2.6 - 192.0.2.6")),
            ("192.0.2.4/32", "192.0.2.4", Some("192.0.2.4 - 192.0.2.4")),
            ("192.0.2.1/24", "", None),
        ] {
            let found = pool_beside(Family::V4, prefix, gateway).map(|range| range.to_string());
            assert_eq!(found.as_deref(), pool, "{prefix} {gateway}");
        }
        assert_eq!(usual_gateway(Family::V4, "192.0.2.0/24").as_deref(), Some("192.0.2.1"));
    }
}
