//! Subnets, pools and reservations in a draft: where they stand, what is free in them, and how they move.

use super::{
    Draft,
    kind::as_value,
    path::{join, set},
};
use crate::{
    Family, KeaVersion,
    config::Rows,
    find::Sought,
    net::{AddressRange, Prefix, Space, first_gap, next_free, parse_address},
    status::spelled_identifier,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The list of shared networks.
const NETWORKS: &str = "shared-networks";

/// A free address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeAddress {
    /// The address.
    pub address: String,
    /// The pool that it is in; `None`: it is in none.
    pub pool: Option<String>,
}

impl Draft {
    /// The path of the subnet with an id, wherever it stands.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{Family, KeaVersion, api::ConfigurationView, draft::Draft};
    /// use serde_json::json;
    /// let config = json!({"subnet4": [], "shared-networks": [{"name": "a", "subnet4": [{"id": 7, "subnet": "10.0.0.0/8"}]}]});
    /// let view = ConfigurationView { family: Family::V4, version: KeaVersion::new(3, 0, 4), hash: "A".into(), config };
    /// let draft = Draft::new(view);
    /// assert_eq!(draft.subnet_at(7).as_deref(), Some("shared-networks[0].subnet4[0]"));
    /// assert_eq!(draft.network_of("shared-networks[0].subnet4[0]").as_deref(), Some("a"));
    /// ```
    pub fn subnet_at(&self, id: u64) -> Option<String> {
        self.subnet_lists().into_iter().find_map(|list| {
            let is_it = |subnet: &Value| subnet.get("id").and_then(Value::as_u64) == Some(id);
            let index = self.items(&list).iter().position(is_it)?;
            Some(format!("{list}[{index}]"))
        })
    }

    /// A subnet's id; 0: it has none.
    pub fn id_at(&self, subnet: &str) -> u64 {
        self.get(&join(subnet, "id")).and_then(Value::as_u64).unwrap_or_default()
    }

    /// The paths of all subnets, those of shared networks after the others.
    pub fn subnets(&self) -> Vec<String> {
        self.subnet_lists().into_iter().flat_map(|list| self.paths(&list)).collect()
    }

    /// The paths of the items of a list.
    pub fn paths(&self, list: &str) -> Vec<String> {
        (0..self.items(list).len()).map(|index| format!("{list}[{index}]")).collect()
    }

    /// The path of the shared network with a name.
    pub fn network_at(&self, name: &str) -> Option<String> {
        let is_it = |path: &String| self.text_at(&join(path, "name")) == name;
        self.paths(NETWORKS).into_iter().find(is_it)
    }

    /// Takes a shared network out. Its subnets go with it, or, where they are kept, belong to none from then on.
    pub fn remove_network(&mut self, network: &str, keep_subnets: bool) {
        let key = self.family().subnet_key();
        if keep_subnets {
            for subnet in self.items(&join(network, key)).to_vec() {
                self.push(key, subnet);
            }
        }
        self.remove(network);
    }

    /// The name of the shared network that a subnet's path leads through; `None`: through none.
    pub fn network_of(&self, subnet: &str) -> Option<String> {
        let (network, _) = subnet.strip_prefix(NETWORKS)?.split_once('.')?;
        Some(self.text_at(&format!("{NETWORKS}{network}.name")))
    }

    /// The comment of an object.
    pub fn comment_at(&self, object: &str) -> String {
        self.text_at(&join(&join(object, "user-context"), "comment"))
    }

    /// Sets what people write about an object, and leaves the rest of its `user-context` as it is.
    pub fn set_comment(&mut self, object: &str, text: &str) {
        let path = join(&join(object, "user-context"), "comment");
        self.put(&path, (!text.trim().is_empty()).then(|| Value::from(text)));
    }

    /// Adds an object without keys to the list at a path, and gives its path.
    pub fn add(&mut self, list: &str) -> String {
        self.push(list, Value::Object(Map::new()))
    }

    /// Puts what somebody typed into an item that is meant for the list at a path, as [`set_text`](Self::set_text) puts it
    /// into one that stands there.
    pub fn put_in(&self, list: &str, item: &mut Value, key: &str, text: &str) {
        let kind = self.kind(&join(&format!("{list}[0]"), key));
        set(item, key, as_value(text, kind));
    }

    /// A subnet's prefix; `None`: it is none.
    pub fn prefix_of(&self, subnet: &str) -> Option<Prefix> {
        Prefix::parse(self.family(), &self.text_at(&join(subnet, "subnet"))).ok()
    }

    /// A subnet's pools; `None`: a pool that cannot be read.
    pub fn pools_of(&self, subnet: &str) -> Vec<Option<AddressRange>> {
        let is_aligned = self.version >= KeaVersion::new(2, 3, 4);
        let read = |pool: &Value| {
            let text = pool.get("pool")?.as_str()?;
            AddressRange::parse_pool(self.family(), text, is_aligned).ok()
        };
        self.items(&join(subnet, "pools")).iter().map(read).collect()
    }

    /// The addresses that a subnet's reservations have, all but those of the item at `except`.
    pub fn reserved_in(&self, subnet: &str, except: Option<&str>) -> Vec<u128> {
        let list = join(subnet, "reservations");
        let items = self.items(&list).iter().zip(self.paths(&list));
        let others = items.filter(|(_, path)| except != Some(path.as_str())).map(|(item, _)| item);
        others.flat_map(|item| self.addresses(item)).collect()
    }

    fn addresses(&self, item: &Value) -> Vec<u128> {
        let one = item.get("ip-address").into_iter();
        let all = item.get("ip-addresses").and_then(Value::as_array).into_iter().flatten();
        one.chain(all).filter_map(|text| parse_address(self.family(), text.as_str()?)).collect()
    }

    /// The addresses of the routers that a subnet's clients are told.
    fn routers(&self, subnet: &str) -> Vec<u128> {
        if self.family() == Family::V6 {
            return Vec::new();
        }
        let network = subnet.starts_with(NETWORKS).then(|| subnet.rsplit_once('.')).flatten();
        let scopes = [subnet, network.map_or("", |(network, _)| network), ""];
        let options = scopes.iter().flat_map(|scope| self.items(&join(scope, "option-data")));
        let is_routers = |option: &&Value| {
            option.get("code").and_then(Value::as_u64) == Some(3)
                || option.get("name").and_then(Value::as_str) == Some("routers")
        };
        let data = options.filter(is_routers).filter_map(|option| option.get("data")?.as_str());
        data.flat_map(|data| data.split(','))
            .filter_map(|text| parse_address(Family::V4, text.trim()))
            .collect()
    }

    /// A picture of a subnet; `None`: its prefix is none.
    pub fn space(&self, subnet: &str) -> Option<Space> {
        Some(Space::of(self.prefix_of(subnet)?, &self.pools_of(subnet), &self.reserved_in(subnet, None)))
    }

    /// A pool for what no pool has yet, as text; empty: every address is in one.
    pub fn proposed_pool(&self, subnet: &str) -> String {
        self.prefix_of(subnet)
            .and_then(|prefix| first_gap(prefix, &self.pools_of(subnet), &self.routers(subnet)))
            .map(|gap| format!("{} - {}", gap.first(), gap.last()))
            .unwrap_or_default()
    }

    /// Adds a pool to a subnet: the one that is proposed.
    pub fn add_pool(&mut self, subnet: &str) -> String {
        let proposed = self.proposed_pool(subnet);
        let path = self.add(&join(subnet, "pools"));
        self.put(&join(&path, "pool"), Some(proposed.into()));
        path
    }

    /// An address of a subnet for the reservation at a path: one outside all pools where there is one.
    pub fn free_address(&self, subnet: &str, reservation: &str) -> Option<FreeAddress> {
        let prefix = self.prefix_of(subnet)?;
        let mut taken = self.reserved_in(subnet, Some(reservation));
        taken.extend(self.routers(subnet));
        let mode = join(subnet, "reservations-out-of-pool");
        let own = self.flag_at(&mode).map(|flag| flag.to_string());
        let out_of_pool = own.or_else(|| self.inherited(&mode).map(|found| found.text));
        let pools_too = out_of_pool.as_deref() != Some("true");
        let (number, pool) = next_free(prefix, &self.pools_of(subnet), &taken, pools_too)?;
        let address = AddressRange::between(self.family(), number, number).first().to_string();
        let pool = pool.map(|index| self.text_at(&format!("{}[{index}].pool", join(subnet, "pools"))));
        Some(FreeAddress { address, pool })
    }

    /// The kinds of identifiers that a reservation may have.
    pub fn identifier_kinds(&self) -> &'static [&'static str] {
        match self.family() {
            Family::V4 => &["hw-address", "client-id", "duid", "circuit-id", "flex-id"],
            Family::V6 => &["duid", "hw-address", "flex-id"],
        }
    }

    /// The kind of a reservation's identifier and the identifier; `None`: it has none.
    pub fn identifier_of(&self, reservation: &str) -> Option<(&'static str, String)> {
        let kinds = self.identifier_kinds().iter();
        kinds.copied().find_map(|kind| {
            let value = self.get(&join(reservation, kind))?;
            Some((kind, value.as_str().unwrap_or_default().to_owned()))
        })
    }

    /// Gives a client what it has now for good, as a reservation of a subnet: the one that it has already, or a new one.
    /// Gives its place in the list.
    pub fn reserve(&mut self, subnet: &str, kind: &str, value: &str, address: &str, hostname: &str) -> usize {
        let list = join(subnet, "reservations");
        let path = self.reservation_at(&list, kind, value).unwrap_or_else(|| {
            let path = self.add(&list);
            self.set_identifier(&path, kind, value);
            path
        });
        let key = match (self.family(), address.contains('/')) {
            (Family::V4, _) => "ip-address",
            (Family::V6, false) => "ip-addresses",
            (Family::V6, true) => "prefixes",
        };
        self.set_text(&join(&path, key), address);
        if self.text_at(&join(&path, "hostname")).is_empty() {
            self.set_text(&join(&path, "hostname"), hostname);
        }
        self.paths(&list).iter().position(|known| *known == path).unwrap_or_default()
    }

    /// The places of a subnet's reservations that a text is about, or a part of one: all where it is empty.
    pub fn find_reservations(&self, subnet: &str, text: &str) -> Vec<usize> {
        let items = self.items(&join(subnet, "reservations"));
        let Some(sought) = Sought::read(text) else { return (0..items.len()).collect() };
        let fits = |item: &Value| {
            let mut list = Map::new();
            list.insert("reservations".to_owned(), Value::Array(vec![item.clone()]));
            let rows = Rows::deserialize(&Value::Object(list)).unwrap_or_default();
            rows.reservations.iter().any(|row| sought.narrows_to(self.family(), row))
        };
        items.iter().enumerate().filter(|(_, item)| fits(item)).map(|(index, _)| index).collect()
    }

    /// The path of the reservation with an identifier in the list at a path.
    pub fn reservation_at(&self, list: &str, kind: &str, value: &str) -> Option<String> {
        let wanted = spelled_identifier(value);
        let is_it = |path: &String| {
            self.identifier_of(path).is_some_and(|(of, text)| {
                of == kind && (text == value || wanted.is_some() && spelled_identifier(&text) == wanted)
            })
        };
        self.paths(list).into_iter().find(is_it)
    }

    /// Gives a reservation an identifier in place of the one that it had.
    pub fn set_identifier(&mut self, reservation: &str, kind: &str, text: &str) {
        for other in self.identifier_kinds() {
            if *other != kind {
                self.put(&join(reservation, other), None);
            }
        }
        self.put(&join(reservation, kind), Some(Value::from(text)));
    }
}

/// An identifier as Kea takes it, of whatever somebody typed. What cannot be read stays as it is.
///
/// # Example
/// ```
/// use perch_shared::draft::usual_identifier;
/// assert_eq!(usual_identifier("hw-address", "1A2B.3C4D.5E6F"), "1a:2b:3c:4d:5e:6f");
/// assert_eq!(usual_identifier("flex-id", "port 7"), "'port 7'");
/// assert_eq!(usual_identifier("duid", "nonsense"), "nonsense");
/// ```
pub fn usual_identifier(kind: &str, text: &str) -> String {
    let text = text.trim();
    let may_be_words = matches!(kind, "circuit-id" | "flex-id");
    match spelled_identifier(text) {
        // What is quoted is readable as it is.
        Some(spelled) if !text.starts_with('\'') => spelled,
        None if may_be_words && !text.is_empty() && !text.contains('\'') => format!("'{text}'"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ConfigurationView;
    use serde_json::json;

    fn draft() -> Draft {
        let config = json!({
            "subnet4": [{
                "id": 1, "subnet": "10.0.0.0/29",
                "pools": [{"pool": "10.0.0.4-10.0.0.6"}],
                "option-data": [{"code": 3, "data": "10.0.0.1, 10.0.0.3"}],
                "reservations": [{"hw-address": "01:02", "ip-address": "10.0.0.2"}],
                "user-context": {"comment": "north", "floor": 3},
            }],
            "shared-networks": [{"name": "n", "subnet4": [{"id": 2, "subnet": "11.0.0.0/8"}]}],
        });
        let version = KeaVersion::new(3, 0, 4);
        Draft::new(ConfigurationView { family: Family::V4, version, hash: "A".to_owned(), config })
    }

    #[test]
    fn subnets_and_networks_are_found() {
        let draft = draft();
        assert_eq!(draft.subnets(), ["subnet4[0]", "shared-networks[0].subnet4[0]"]);
        assert_eq!(draft.subnet_at(1).as_deref(), Some("subnet4[0]"));
        assert_eq!(draft.subnet_at(3), None);
        assert_eq!(draft.network_of("subnet4[0]"), None);
        assert_eq!(draft.network_at("n").as_deref(), Some("shared-networks[0]"));
        assert_eq!(draft.network_at("m"), None);
    }

    #[test]
    fn a_network_goes_with_or_without_its_subnets() {
        let describe = |keep| {
            let mut draft = draft();
            draft.remove_network("shared-networks[0]", keep);
            draft.edits().iter().map(crate::change::Edit::describe).collect::<Vec<_>>()
        };
        assert_eq!(
            describe(true),
            ["Move subnet 11.0.0.0/8 out of shared network `n`", "Remove shared network `n`"]
        );
        assert_eq!(describe(false), ["Remove subnet 11.0.0.0/8", "Remove shared network `n`"]);
    }

    #[test]
    fn a_comment_leaves_the_rest_alone() {
        let mut draft = draft();
        assert_eq!(draft.comment_at("subnet4[0]"), "north");
        draft.set_comment("subnet4[0]", "5");
        assert_eq!(draft.get("subnet4[0].user-context"), Some(&json!({"comment": "5", "floor": 3})));
        draft.set_comment("subnet4[0]", "north");
        draft.set_comment("shared-networks[0]", "x");
        draft.set_comment("shared-networks[0]", "");
        assert!(!draft.is_changed(), "{:?}", draft.after());
    }

    #[test]
    fn what_is_proposed_is_free() {
        let mut draft = draft();
        assert_eq!(draft.proposed_pool("subnet4[0]"), "10.0.0.2 - 10.0.0.2", "between the routers");
        let path = draft.add_pool("shared-networks[0].subnet4[0]");
        assert_eq!(draft.text_at(&format!("{path}.pool")), "11.0.0.1 - 11.255.255.254");
        let new = draft.add("subnet4[0].reservations");
        let free =
            |draft: &Draft| draft.free_address("subnet4[0]", &new).map(|free| (free.address, free.pool));
        assert_eq!(free(&draft), Some(("10.0.0.4".into(), Some("10.0.0.4-10.0.0.6".into()))));
        draft.set_flag("reservations-out-of-pool", Some(true));
        assert_eq!(free(&draft), None, "Kea would not look into the pool");
        draft.set_flag("subnet4[0].reservations-out-of-pool", Some(false));
        draft.remove("subnet4[0].reservations[0]");
        assert_eq!(free(&draft), Some(("10.0.0.2".into(), None)));
        assert_eq!(draft.space("subnet4[0]").map(|space| space.parts.len()), Some(3));
    }

    #[test]
    fn a_reservation_has_one_identifier() {
        let mut draft = draft();
        let one = "subnet4[0].reservations[0]";
        assert_eq!(draft.identifier_of(one), Some(("hw-address", "01:02".to_owned())));
        draft.set_identifier(one, "flex-id", "'x'");
        assert_eq!(draft.get(one), Some(&json!({"flex-id": "'x'", "ip-address": "10.0.0.2"})));
        draft.set_identifier(one, "hw-address", "1a:2b:3c:4d:5e:6f");
        for (text, found) in [("", 1), ("2b-3c", 1), ("10.0.0", 1), ("1a2b.3c4d.5e6f", 1), ("10.0.0.9", 0)] {
            assert_eq!(draft.find_reservations("subnet4[0]", text).len(), found, "{text}");
        }
        let list = "subnet4[0].reservations";
        assert_eq!(draft.reservation_at(list, "hw-address", "1A2B3C4D5E6F").as_deref(), Some(one));
        assert_eq!(draft.reservation_at(list, "duid", "1A2B3C4D5E6F"), None);
        assert_eq!(draft.reserve("subnet4[0]", "hw-address", "1a2b3c4d5e6f", "10.0.0.5", "x"), 0);
        assert_eq!(draft.reserve("subnet4[0]", "client-id", "01:02", "10.0.0.6", ""), 1);
        assert_eq!(
            draft.get("subnet4[0].reservations[1]"),
            Some(&json!({"client-id": "01:02", "ip-address": "10.0.0.6"}))
        );
        draft.remove("subnet4[0].reservations[1]");
        for (kind, text, usual) in [
            ("client-id", " 01AA-BB ", "01AA-BB"),
            ("client-id", "1-aa-bb", "01:aa:bb"),
            ("hw-address", "aabbccddeeff", "aa:bb:cc:dd:ee:ff"),
            ("circuit-id", "'eth 1'", "'eth 1'"),
            ("circuit-id", "", ""),
        ] {
            assert_eq!(usual_identifier(kind, text), usual);
        }
    }
}
