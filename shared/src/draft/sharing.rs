//! Pools of a load-balancing pair: each server gives addresses of a half of its own, so that no two give one address.
//!
//! The hook library puts every client into the class of the server that serves it.
//! Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/hooks-ha.html>.

use super::{Draft, join};
use crate::{KeaVersion, change::pair::relationships, net::AddressRange};
use serde_json::{Value, json};

/// What stands before a server's name in the name of its class.
const PREFIX: &str = "HA_";

impl Draft {
    /// The servers of the load-balancing pair that this daemon is one of, the primary first; none where it is in no such
    /// pair, or in several.
    pub fn sharers(&self) -> Vec<String> {
        let mut all = relationships(&self.after().root)
            .filter(|one| one.get("mode").and_then(Value::as_str) == Some("load-balancing"));
        let (Some(one), None) = (all.next(), all.next()) else { return Vec::new() };
        let peers = one.get("peers").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let with = |role: &str| {
            let peer = peers.iter().find(|peer| peer.get("role").and_then(Value::as_str) == Some(role))?;
            peer.get("name")?.as_str().map(str::to_owned)
        };
        let both: Vec<String> = ["primary", "secondary"].into_iter().filter_map(with).collect();
        if both.len() == 2 { both } else { Vec::new() }
    }

    /// The halves that the servers of a pair would get of the pool at a path; `None`: it cannot be shared, because there is
    /// no such pair, because it is for certain clients, or because it has one address.
    pub fn halves_of(&self, pool: &str) -> Option<[AddressRange; 2]> {
        if self.sharers().is_empty() || !self.classes_of(pool).is_empty() {
            return None;
        }
        self.halves_of_text(&self.text_at(&join(pool, "pool")))
    }

    /// Splits the pool at a path into a half for each server of the pair.
    pub fn share_pool(&mut self, pool: &str) {
        let (Some(halves), Some(item)) = (self.halves_of(pool), self.get(pool).cloned()) else { return };
        let Some((list, index)) = pool.rsplit_once('[') else { return };
        let Ok(index) = index.trim_end_matches(']').parse::<usize>() else { return };
        let second = self.push(list, item);
        // Two pools of one id would be counted as one.
        self.put(&join(&second, "pool-id"), None);
        for (path, (half, server)) in [pool, &second].into_iter().zip(halves.iter().zip(self.sharers())) {
            self.put(&join(path, "pool"), Some(json!(half.to_string())));
            self.set_classes(path, &[format!("{PREFIX}{server}")]);
        }
        let last = self.items(list).len().saturating_sub(1);
        self.shift(list, last, index + 1);
    }

    /// Gives a new subnet its pool, a half for each server of the pair where that is wanted and can be; empty: takes it
    /// away.
    pub fn set_only_pool(&mut self, subnet: &str, text: &str, shared: bool) {
        let list = join(subnet, "pools");
        while self.items(&list).len() > 1 {
            self.remove(&format!("{list}[1]"));
        }
        let first = format!("{list}[0]");
        if self.get(&first).is_some() {
            self.set_classes(&first, &[]);
        }
        self.set_first_pool(subnet, text);
        if shared {
            self.share_pool(&first);
        }
    }

    /// What [`set_only_pool`](Self::set_only_pool) was given: the addresses, and whether they are shared.
    pub fn only_pool(&self, subnet: &str) -> (String, bool) {
        let list = join(subnet, "pools");
        let text = |index: usize| self.text_at(&format!("{list}[{index}].pool"));
        let is_half = |(index, server): (usize, &String)| {
            self.classes_of(&format!("{list}[{index}]")) == [format!("{PREFIX}{server}")]
        };
        let sharers = self.sharers();
        let shared =
            self.items(&list).len() == 2 && sharers.len() == 2 && sharers.iter().enumerate().all(is_half);
        let range = |text: &str| AddressRange::parse(self.family(), text).ok();
        match (shared, range(&text(0)), range(&text(1))) {
            (true, Some(one), Some(other)) => (format!("{} - {}", one.first(), other.last()), true),
            _ => (text(0), false),
        }
    }

    fn halves_of_text(&self, text: &str) -> Option<[AddressRange; 2]> {
        let is_aligned = self.version >= KeaVersion::new(2, 3, 4);
        AddressRange::parse_pool(self.family(), text, is_aligned).ok()?.halves()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, api::ConfigurationView};

    fn draft(version: KeaVersion, mode: &str) -> Draft {
        let peers = json!([
            {"name": "b", "url": "http://192.0.2.2/", "role": "secondary"},
            {"name": "a", "url": "http://192.0.2.1/", "role": "primary"},
            {"name": "c", "url": "http://192.0.2.3/", "role": "backup"},
        ]);
        let config = json!({
            "hooks-libraries": [{"library": "ha", "parameters": {"high-availability": [{"mode": mode, "this-server-name": "a", "peers": peers}]}}],
            "subnet4": [{"id": 1, "subnet": "10.0.0.0/24", "pools": [
                {"pool": "10.0.0.10-10.0.0.14", "pool-id": 7, "option-data": [{"name": "routers", "data": "10.0.0.1"}]},
                {"pool": "10.0.0.20-10.0.0.29"},
                {"pool": "10.0.0.30-10.0.0.30"},
            ]}],
        });
        Draft::new(ConfigurationView { family: Family::V4, version, hash: "A".to_owned(), config })
    }

    #[test]
    fn a_pool_becomes_a_half_for_each() {
        for (version, first) in
            [(KeaVersion::new(2, 6, 3), json!("HA_a")), (KeaVersion::new(3, 0, 4), json!(["HA_a"]))]
        {
            let mut draft = draft(version, "load-balancing");
            assert_eq!(draft.sharers(), ["a", "b"]);
            draft.share_pool("subnet4[0].pools[0]");
            let key = draft.classes_key();
            let pools = draft.items("subnet4[0].pools");
            let texts: Vec<&str> = pools.iter().filter_map(|pool| pool["pool"].as_str()).collect();
            assert_eq!(
                texts,
                [
                    "10.0.0.10 - 10.0.0.12",
                    "10.0.0.13 - 10.0.0.14",
                    "10.0.0.20-10.0.0.29",
                    "10.0.0.30-10.0.0.30"
                ]
            );
            assert_eq!((&pools[0][key], &pools[0]["pool-id"]), (&first, &json!(7)));
            assert_eq!(pools[1]["option-data"][0]["name"], "routers");
            assert_eq!(pools[1].get("pool-id"), None);
            assert_eq!(draft.classes_of("subnet4[0].pools[1]"), ["HA_b"]);
            assert_eq!(draft.halves_of("subnet4[0].pools[1]"), None, "it is for certain clients");
            assert_eq!(draft.halves_of("subnet4[0].pools[3]"), None, "it has one address");
            assert!(draft.halves_of("subnet4[0].pools[2]").is_some());
        }
    }

    #[test]
    fn other_modes_share_nothing() {
        let mut draft = draft(KeaVersion::new(3, 0, 4), "hot-standby");
        draft.share_pool("subnet4[0].pools[0]");
        assert!(draft.sharers().is_empty() && !draft.is_changed());
    }

    #[test]
    fn a_new_subnet_has_its_pool_whole_or_in_halves() {
        let mut draft = draft(KeaVersion::new(3, 0, 4), "load-balancing");
        let path = draft.add_subnet(None, "10.1.0.0/24", None);
        for (text, shared, count) in [
            ("10.1.0.1 - 10.1.0.254", true, 2),
            ("10.1.0.1 - 10.1.0.9", true, 2),
            ("10.1.0.1 - 10.1.0.9", false, 1),
            ("10.1.0.1 - 10", false, 1),
            ("", false, 0),
        ] {
            draft.set_only_pool(&path, text, shared);
            assert_eq!(draft.only_pool(&path), (text.to_owned(), shared));
            assert_eq!(draft.items(&join(&path, "pools")).len(), count, "{text}");
        }
        draft.set_only_pool(&path, "10.1.0.1 - 10.1.0.1", true);
        assert_eq!(
            draft.only_pool(&path),
            ("10.1.0.1 - 10.1.0.1".to_owned(), false),
            "one address has no halves"
        );
    }
}
