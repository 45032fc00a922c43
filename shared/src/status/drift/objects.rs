//! A normalised configuration taken apart into the objects that are compared.

use super::{super::json::text, DriftKind};
use crate::Family;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, btree_map::Entry};

/// The objects of a configuration by kind and name.
pub(super) type Objects = BTreeMap<(DriftKind, String), Value>;

/// Stands for the subnet of reservations that belong to none.
pub(super) const GLOBAL: &str = "global";

/// The fields that may identify a reservation.
const IDENTIFIERS: [&str; 5] = ["hw-address", "duid", "client-id", "circuit-id", "flex-id"];

/// Takes a configuration apart.
pub(super) fn objects(root: Value, family: Family) -> Objects {
    let mut found = Collector::default();
    let Value::Object(map) = root else { return found.objects };
    for (key, value) in map {
        match (key.as_str(), value) {
            ("option-data", Value::Array(items)) => found.all(DriftKind::Option, items, option_name),
            ("option-def", Value::Array(items)) => found.all(DriftKind::OptionDef, items, option_name),
            ("client-classes", Value::Array(items)) => found.classes(items),
            ("hooks-libraries", Value::Array(items)) => {
                found.all(DriftKind::Hook, items, |hook| text(hook, "library").to_owned());
            }
            ("reservations", Value::Array(items)) => found.reservations(GLOBAL, items),
            ("shared-networks", Value::Array(items)) => {
                items.into_iter().for_each(|network| found.network(network, family));
            }
            (key, Value::Array(items)) if key == family.subnet_key() => found.subnets(items, None),
            (_, value) => found.put(DriftKind::Property, key, value),
        }
    }
    found.objects
}

/// What identifies an option or a definition: its space and its code, and the classes that it is for.
pub(super) fn option_name(option: &Value) -> String {
    let space = match text(option, "space") {
        "dhcp4" | "dhcp6" => "",
        space => space,
    };
    let code = option.get("code").and_then(Value::as_u64).map(|code| code.to_string());
    let name = code.unwrap_or_else(|| text(option, "name").to_owned());
    let classes =
        option.get("client-classes").and_then(Value::as_array).filter(|classes| !classes.is_empty());
    let classes =
        classes.map(|classes| format!(" for {}", Value::Array(classes.clone()))).unwrap_or_default();
    if space.is_empty() { format!("{name}{classes}") } else { format!("{space}.{name}{classes}") }
}

/// What identifies a reservation in its subnet.
pub(super) fn reservation_name(reservation: &Value) -> String {
    let found = IDENTIFIERS.iter().find(|key| !text(reservation, key).is_empty());
    found.map(|key| format!("{key} {}", text(reservation, key))).unwrap_or_default()
}

/// A prefix as it is compared.
pub(super) fn prefix(subnet: &Value) -> String {
    text(subnet, "subnet").trim().to_ascii_lowercase()
}

#[derive(Default)]
struct Collector {
    objects: Objects,
    repeated: BTreeMap<(DriftKind, String), usize>,
}

impl Collector {
    /// Keeps an object; one whose name is there already gets a number.
    fn put(&mut self, kind: DriftKind, name: String, value: Value) {
        match self.objects.entry((kind, name)) {
            Entry::Vacant(place) => {
                place.insert(value);
            }
            Entry::Occupied(there) => {
                let place = there.key().clone();
                let count = self.repeated.entry(place.clone()).or_insert(1);
                *count += 1;
                self.objects.insert((kind, format!("{}#{count}", place.1)), value);
            }
        }
    }

    fn all(&mut self, kind: DriftKind, items: Vec<Value>, name: impl Fn(&Value) -> String) {
        for item in items {
            self.put(kind, name(&item), item);
        }
    }

    fn classes(&mut self, items: Vec<Value>) {
        let names: Vec<&str> = items.iter().map(|class| text(class, "name")).collect();
        let order = json!(names);
        self.put(DriftKind::ClassOrder, String::new(), order);
        self.all(DriftKind::Class, items, |class| text(class, "name").to_owned());
    }

    fn reservations(&mut self, subnet: &str, items: Vec<Value>) {
        self.all(DriftKind::Reservation, items, |item| format!("{subnet} {}", reservation_name(item)));
    }

    fn network(&mut self, network: Value, family: Family) {
        let Value::Object(mut map) = network else { return };
        let name = map.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some(Value::Array(subnets)) = map.remove(family.subnet_key()) {
            self.subnets(subnets, Some(&name));
        }
        self.put(DriftKind::SharedNetwork, name, Value::Object(map));
    }

    fn subnets(&mut self, items: Vec<Value>, network: Option<&str>) {
        for item in items {
            let prefix = prefix(&item);
            if let Value::Object(map) = item {
                self.subnet(prefix, map, network);
            }
        }
    }

    fn subnet(&mut self, prefix: String, mut map: Map<String, Value>, network: Option<&str>) {
        if let Some(id) = map.remove("id") {
            self.put(DriftKind::SubnetId, prefix.clone(), id);
        }
        if let Some(Value::Array(items)) = map.remove("reservations") {
            self.reservations(&prefix, items);
        }
        if let Some(network) = network {
            map.insert("shared-network-name".to_owned(), network.into());
        }
        self.put(DriftKind::Subnet, prefix, Value::Object(map));
    }
}
