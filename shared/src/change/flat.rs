//! The form of a configuration in which edits are carried out: all subnets in one list, each naming its network.

use crate::Family;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The key under which a subnet names its shared network in edits; a subnet without it belongs to none. Kea knows the
/// key from its `subnet4-list`; in a configuration the subnet stands inside the network instead.
pub const NETWORK: &str = "shared-network-name";

/// A configuration whose subnets all stand in one list.
#[derive(Debug, Clone)]
pub(super) struct Flat {
    pub(super) root: Value,
    family: Family,
    /// The list of subnets was not there.
    made: bool,
}

impl Flat {
    /// Takes the subnets out of the shared networks into the list of all subnets.
    pub(super) fn of(family: Family, root: Value) -> Self {
        let mut flat = Self { root, family, made: false };
        let Some(root) = flat.root.as_object_mut() else { return flat };
        if root.get(family.subnet_key()).is_some_and(|list| !list.is_array()) {
            return flat;
        }
        let lifted = lift(family.subnet_key(), root);
        if let Some(Value::Array(subnets)) = root.get_mut(family.subnet_key()) {
            subnets.extend(lifted);
        } else if !lifted.is_empty() {
            flat.made = true;
            root.insert(family.subnet_key().to_owned(), Value::Array(lifted));
        }
        flat
    }

    /// Puts the subnets back under the networks that they name.
    ///
    /// # Errors
    /// The networks that are named but not there.
    pub(super) fn into_root(mut self) -> Result<Value, Vec<String>> {
        let list = self.family.subnet_key();
        let Some(root) = self.root.as_object_mut() else { return Ok(self.root) };
        let mut lifted = sort_out(root.get_mut(list));
        for network in root.get_mut("shared-networks").and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(network) = network.as_object_mut() else { continue };
            let subnets = network.get("name").and_then(Value::as_str).and_then(|name| lifted.remove(name));
            if let Some(subnets) = subnets {
                put(network, list, subnets);
            }
        }
        if self.made && root.get(list).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            root.remove(list);
        }
        let mut lost: Vec<String> = lifted.into_keys().collect();
        lost.sort();
        if lost.is_empty() { Ok(self.root) } else { Err(lost) }
    }
}

/// The subnets of all networks, each with its network's name.
fn lift(list: &str, root: &mut Map<String, Value>) -> Vec<Value> {
    let mut lifted = Vec::new();
    for network in root.get_mut("shared-networks").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(name) = network.get("name").filter(|name| name.is_string()).cloned() else { continue };
        let Some(inner) = network.get_mut(list).and_then(Value::as_array_mut) else { continue };
        let (maps, others) = std::mem::take(inner).into_iter().partition(Value::is_object);
        *inner = others;
        lifted.extend(maps);
        let fresh = lifted.iter_mut().rev().filter_map(Value::as_object_mut);
        for subnet in fresh.take_while(|subnet| !subnet.contains_key(NETWORK)) {
            subnet.insert(NETWORK.to_owned(), name.clone());
        }
    }
    lifted
}

/// Takes those subnets out of the list that name a network.
fn sort_out(list: Option<&mut Value>) -> HashMap<String, Vec<Value>> {
    let mut lifted: HashMap<String, Vec<Value>> = HashMap::new();
    let Some(Value::Array(subnets)) = list else { return lifted };
    for mut subnet in std::mem::take(subnets) {
        match subnet.as_object_mut().and_then(|subnet| subnet.remove(NETWORK)) {
            Some(Value::String(name)) => lifted.entry(name).or_default().push(subnet),
            _ => subnets.push(subnet),
        }
    }
    lifted
}

fn put(network: &mut Map<String, Value>, list: &str, mut subnets: Vec<Value>) {
    match network.get_mut(list) {
        Some(Value::Array(there)) => there.append(&mut subnets),
        _ => drop(network.insert(list.to_owned(), Value::Array(subnets))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn subnets_come_out_of_their_networks_and_go_back() {
        for root in [
            json!({"subnet4": [{"id": 1}], "shared-networks": [{"name": "a", "subnet4": [{"id": 2}, {"id": 3}]}, {"name": "b"}]}),
            json!({"shared-networks": [{"name": "a", "subnet4": [{"id": 2}]}, {"name": "b", "subnet4": [{"id": 3}]}]}),
            json!({"shared-networks": [{"name": "a", "subnet4": [5]}, {"subnet4": [{"id": 1}]}], "subnet4": []}),
            json!({"shared-networks": [{"name": "a", "subnet4": [{"id": 1}]}], "subnet4": 7}),
            json!({"shared-networks": {"odd": 1}}),
            json!([]),
        ] {
            let flat = Flat::of(Family::V4, root.clone());
            assert_eq!(flat.into_root().unwrap(), root);
        }
    }

    #[test]
    fn a_network_that_is_gone_is_told() {
        let mut flat = Flat::of(Family::V6, json!({"subnet6": [{"id": 1}]}));
        flat.root["subnet6"][0][NETWORK] = "gone".into();
        assert_eq!(flat.into_root(), Err(vec!["gone".to_owned()]));
    }
}
