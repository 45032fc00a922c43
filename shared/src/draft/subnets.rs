//! Subnets of a draft: where they stand, adding one, moving it, and the classes that an object is for.

use super::{Draft, join};
use serde_json::{Value, json};

/// The largest id that Kea takes for a subnet.
const LAST_ID: u64 = 4_294_967_294;

/// What a subnet that is like another one does not take from it.
const OWN: [&str; 5] = ["id", "subnet", "pools", "pd-pools", "reservations"];

impl Draft {
    /// The path of the first subnet that the draft adds to what Kea has; `None`: it adds none.
    pub fn path_of_new_subnet(&self) -> Option<String> {
        self.subnet_lists().into_iter().find_map(|list| {
            let known = self.known(&list).map_or(0, Vec::len);
            let index = self.items(&list).len().checked_sub(1).filter(|index| *index >= known)?;
            Some(format!("{list}[{index}]"))
        })
    }

    /// The names of the shared networks.
    pub fn network_names(&self) -> Vec<String> {
        self.names("shared-networks")
    }

    /// The names of the client classes.
    pub fn class_names(&self) -> Vec<String> {
        self.names("client-classes")
    }

    /// An id that no subnet has and none had: one more than the largest, or the first that is free where there is none
    /// behind it.
    pub fn next_subnet_id(&self) -> u64 {
        let lists = self.subnet_lists();
        let all = lists
            .iter()
            .flat_map(|list| self.items(list).iter().chain(self.known(list).into_iter().flatten()));
        let mut ids: Vec<u64> = all.filter_map(|subnet| subnet.get("id")?.as_u64()).collect();
        ids.sort_unstable();
        let next = ids.last().map_or(1, |last| last.saturating_add(1));
        if next <= LAST_ID {
            return next;
        }
        (1..=LAST_ID).find(|id| ids.binary_search(id).is_err()).unwrap_or(LAST_ID)
    }

    /// Adds a subnet with the next id to a shared network, or outside of all, and gives its path. It is like the subnet
    /// with the id `like`, as far as that may be.
    pub fn add_subnet(&mut self, network: Option<&str>, prefix: &str, like: Option<u64>) -> String {
        let id = self.next_subnet_id();
        let like =
            like.and_then(|id| self.subnet_at(id)).and_then(|path| self.get(&path)?.as_object().cloned());
        let mut subnet = like.unwrap_or_default();
        subnet.retain(|key, _| !OWN.contains(&key.as_str()));
        subnet.insert("id".to_owned(), json!(id));
        subnet.insert("subnet".to_owned(), json!(prefix));
        let list = self.list_of(network);
        self.push(&list, Value::Object(subnet))
    }

    /// Moves a subnet to a shared network, or out of all, and gives its path there.
    pub fn move_subnet_to(&mut self, path: &str, network: Option<&str>) -> String {
        let list = self.list_of(network);
        if path.rsplit_once('[').is_some_and(|(here, _)| here == list) {
            return path.to_owned();
        }
        let Some(subnet) = self.get(path).cloned() else { return path.to_owned() };
        self.remove(path);
        self.push(&list, subnet)
    }

    /// Gives a subnet its first pool; empty: takes it away.
    pub fn set_first_pool(&mut self, subnet: &str, pool: &str) {
        let list = join(subnet, "pools");
        let first = format!("{list}[0]");
        match (self.get(&first).is_some(), pool.is_empty()) {
            (true, true) => self.remove(&first),
            (true, false) => self.put(&join(&first, "pool"), Some(json!(pool))),
            (false, true) => {}
            (false, false) => drop(self.push(&list, json!({"pool": pool}))),
        }
    }

    /// The client classes that a subnet, a shared network or a pool is for.
    pub fn classes_of(&self, path: &str) -> Vec<String> {
        let of = |key: &str| self.get(&join(path, key)).cloned();
        match (of("client-classes"), of("client-class")) {
            (Some(Value::Array(all)), _) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            (_, Some(Value::String(one))) if !one.is_empty() => vec![one],
            _ => Vec::new(),
        }
    }

    /// Whether an object of this version can be for several client classes.
    pub fn takes_many_classes(&self) -> bool {
        self.classes_key() == "client-classes"
    }

    /// Makes a subnet, a shared network or a pool be for these client classes, in the spelling of this version.
    pub fn set_classes(&mut self, path: &str, classes: &[String]) {
        let key = join(path, self.classes_key());
        if self.takes_many_classes() {
            self.put(&join(path, "client-class"), None);
            self.set_words(&key, classes);
        } else {
            self.put(&key, classes.first().map(|class| json!(class)));
        }
    }

    /// Every list of subnets: the one outside of shared networks first.
    pub(super) fn subnet_lists(&self) -> Vec<String> {
        let key = self.family().subnet_key();
        let networks = 0..self.items("shared-networks").len();
        let inside = networks.map(|index| format!("shared-networks[{index}].{key}"));
        std::iter::once(key.to_owned()).chain(inside).collect()
    }

    fn list_of(&self, network: Option<&str>) -> String {
        let key = self.family().subnet_key();
        let is_it = |item: &Value| network.is_some() && item.get("name").and_then(Value::as_str) == network;
        match self.items("shared-networks").iter().position(is_it) {
            Some(index) => format!("shared-networks[{index}].{key}"),
            None => key.to_owned(),
        }
    }

    /// The same list in what Kea has.
    fn known(&self, list: &str) -> Option<&Vec<Value>> {
        super::path::get(&self.before().root, list)?.as_array()
    }

    fn names(&self, list: &str) -> Vec<String> {
        let name = |item: &Value| item.get("name")?.as_str().map(str::to_owned);
        self.items(list).iter().filter_map(name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, KeaVersion, api::ConfigurationView, change::Edit};

    fn draft(version: KeaVersion) -> Draft {
        let config = json!({
            "client-classes": [{"name": "a"}],
            "subnet4": [{"id": 1, "subnet": "10.0.0.0/24", "pools": [{"pool": "10.0.0.1-10.0.0.9"}], "valid-lifetime": 60}],
            "shared-networks": [{"name": "n", "subnet4": [{"id": 4, "subnet": "10.1.0.0/24"}]}, {"name": "m"}],
        });
        Draft::new(ConfigurationView { family: Family::V4, version, hash: "A".to_owned(), config })
    }

    fn sentences(draft: &Draft) -> Vec<String> {
        draft.edits().iter().map(Edit::describe).collect()
    }

    #[test]
    fn a_subnet_is_added_and_moved_until_it_stands_where_it_should() {
        let mut draft = draft(KeaVersion::new(3, 0, 4));
        assert_eq!(draft.path_of_new_subnet(), None);
        let path = draft.add_subnet(None, "10.2.0.0/24", Some(1));
        assert_eq!(path, "subnet4[1]");
        assert_eq!(draft.get(&path), Some(&json!({"id": 5, "subnet": "10.2.0.0/24", "valid-lifetime": 60})));
        assert_eq!(draft.next_subnet_id(), 6);
        let path = draft.move_subnet_to(&path, Some("m"));
        assert_eq!(path, "shared-networks[1].subnet4[0]");
        assert_eq!(draft.path_of_new_subnet().as_deref(), Some(path.as_str()));
        assert_eq!(draft.network_of(&path).as_deref(), Some("m"));
        assert_eq!(draft.move_subnet_to(&path, Some("m")), path);
        let path = draft.move_subnet_to(&path, None);
        assert_eq!((path.as_str(), draft.network_of(&path)), ("subnet4[1]", None));
        assert_eq!(sentences(&draft), ["Add subnet 10.2.0.0/24 with id 5"]);
        draft.remove(&path);
        assert!(!draft.is_changed(), "{draft:?}");
    }

    #[test]
    fn classes_are_written_as_the_version_wants_them() {
        for (version, key, value) in [
            (KeaVersion::new(2, 6, 3), "client-class", json!("a")),
            (KeaVersion::new(3, 0, 4), "client-classes", json!(["a"])),
        ] {
            let mut draft = draft(version);
            let path = draft.subnet_at(4).unwrap();
            draft.set_classes(&path, &["a".to_owned()]);
            assert_eq!(draft.get(&join(&path, key)), Some(&value));
            assert_eq!(draft.classes_of(&path), ["a"]);
            draft.set_classes(&path, &[]);
            assert!(!draft.is_changed(), "{draft:?}");
        }
    }

    #[test]
    fn a_first_pool_and_a_comment_come_and_go() {
        let mut draft = draft(KeaVersion::new(3, 0, 4));
        draft.set_first_pool("shared-networks[0].subnet4[0]", "10.1.0.1 - 10.1.0.9");
        draft.set_first_pool("shared-networks[0].subnet4[0]", "10.1.0.1 - 10.1.0.5");
        draft.set_comment("subnet4[0]", "42");
        assert_eq!(
            sentences(&draft),
            [
                "Set `user-context` of subnet 10.0.0.0/24 to `{\"comment\":\"42\"}`",
                "Add pool 10.1.0.1 - 10.1.0.5 of subnet 10.1.0.0/24",
            ]
        );
        draft.set_first_pool("shared-networks[0].subnet4[0]", "");
        draft.set_comment("subnet4[0]", "");
        assert!(!draft.is_changed(), "{draft:?}");
    }

    #[test]
    fn names_are_listed() {
        let draft = draft(KeaVersion::new(2, 6, 3));
        assert_eq!(draft.network_names(), ["n", "m"]);
        assert_eq!(draft.class_names(), ["a"]);
        assert_eq!(draft.subnet_at(9), None);
    }
}
