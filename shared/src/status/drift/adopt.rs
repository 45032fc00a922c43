//! Making chosen objects of one configuration like those of its partner's.

use super::{
    super::{
        json::text,
        normal::{OWN, OWN_IN_SUBNET, is_own_option},
    },
    DriftKind,
    objects::{GLOBAL, option_name, prefix, reservation_name},
};
use crate::{
    Family,
    config::{Config, thaw},
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The configuration `target` with the chosen objects as they are in `source`; both as `config-get` prints them. What
/// may differ between partners stays as it is in `target`. What is not adoptable stays, too. The result is meant for
/// a difference with `target`, of which edits are made.
pub fn adopt(target: &Config, source: &Config, chosen: &[(DriftKind, String)]) -> Config {
    let (mut target, mut source) = (target.clone(), source.clone());
    thaw(&mut target);
    thaw(&mut source);
    let family = target.family;
    let Config { root, .. } = &mut target;
    let Some(map) = root.as_object_mut() else { return target };
    let mut sorted: Vec<&(DriftKind, String)> = chosen.iter().collect();
    // Networks before the subnets in them, classes before their order.
    sorted.sort_by_key(|(kind, name)| (order(*kind), name));
    let found = Found::new(&source.root, family);
    for (kind, name) in sorted {
        adopt_one(map, &found, *kind, name, family);
    }
    target
}

fn order(kind: DriftKind) -> u8 {
    match kind {
        DriftKind::SharedNetwork | DriftKind::Class => 0,
        DriftKind::Subnet => 1,
        _ => 2,
    }
}

/// What the source has, by what identifies it.
struct Found<'a> {
    root: &'a Value,
    /// Each subnet with the name of its shared network.
    subnets: BTreeMap<String, (&'a Value, Option<&'a str>)>,
}

impl<'a> Found<'a> {
    fn new(root: &'a Value, family: Family) -> Self {
        let key = family.subnet_key();
        let plain = list(root, key).iter().map(|subnet| (prefix(subnet), (subnet, None)));
        let nested = list(root, "shared-networks").iter().flat_map(|network| {
            list(network, key)
                .iter()
                .map(move |subnet| (prefix(subnet), (subnet, Some(text(network, "name")))))
        });
        Self { root, subnets: plain.chain(nested).collect() }
    }

    fn item(&self, key: &str, name: &str, identity: fn(&Value) -> String) -> Option<&'a Value> {
        list(self.root, key).iter().find(|item| identity(item) == name)
    }
}

fn list<'a>(map: &'a Value, key: &str) -> &'a [Value] {
    super::super::json::list(map, key)
}

fn class_name(class: &Value) -> String {
    text(class, "name").to_owned()
}

fn adopt_one(map: &mut Map<String, Value>, found: &Found<'_>, kind: DriftKind, name: &str, family: Family) {
    match kind {
        DriftKind::Property if !OWN.contains(&name) => set(map, name, found.root.get(name)),
        DriftKind::Property | DriftKind::Hook => {}
        DriftKind::Option => replace(map, "option-data", name, option_name, found),
        DriftKind::OptionDef => replace(map, "option-def", name, option_name, found),
        DriftKind::Class => replace(map, "client-classes", name, class_name, found),
        DriftKind::ClassOrder => reorder(map, found),
        DriftKind::SharedNetwork => network(map, found, name, family),
        DriftKind::Subnet => subnet(map, found, name, family),
        DriftKind::SubnetId => {
            let id = found.subnets.get(name).and_then(|(subnet, _)| subnet.get("id"));
            if let (Some(id), Some(subnet)) = (id, find_subnet(map, name, family)) {
                subnet.insert("id".to_owned(), id.clone());
            }
        }
        DriftKind::Reservation => reservation(map, found, name, family),
    }
}

fn set(map: &mut Map<String, Value>, key: &str, value: Option<&Value>) {
    match value {
        Some(value) => {
            map.insert(key.to_owned(), value.clone());
        }
        None => {
            map.remove(key);
        }
    }
}

fn replace(
    map: &mut Map<String, Value>,
    key: &str,
    name: &str,
    identity: fn(&Value) -> String,
    found: &Found<'_>,
) {
    with_items(map, key, |items| put(items, name, identity, found.item(key, name, identity).cloned()));
}

/// Does something with the list below `key`, made when there is none. Where something else stands, nothing is done.
fn with_items(map: &mut Map<String, Value>, key: &str, work: impl FnOnce(&mut Vec<Value>)) {
    let value = map.entry(key).or_insert_with(|| Value::Array(Vec::new()));
    if let Some(items) = value.as_array_mut() {
        work(items);
    }
}

fn put(items: &mut Vec<Value>, name: &str, identity: fn(&Value) -> String, new: Option<Value>) {
    let at = items.iter().position(|item| identity(item) == name);
    match (at.and_then(|at| items.get_mut(at)), new) {
        (Some(place), Some(new)) => *place = new,
        (None, Some(new)) => items.push(new),
        (Some(_), None) => items.retain(|item| identity(item) != name),
        (None, None) => {}
    }
}

/// Gives the classes that both have the order of the source; the others keep their places behind their neighbours.
fn reorder(map: &mut Map<String, Value>, found: &Found<'_>) {
    let source = list(found.root, "client-classes").iter().enumerate();
    let ranks: BTreeMap<String, usize> = source.map(|(rank, class)| (class_name(class), rank)).collect();
    with_items(map, "client-classes", |classes| {
        let mut last = 0;
        let mut ranked: Vec<(usize, Value)> = Vec::new();
        for class in classes.drain(..) {
            last = ranks.get(&class_name(&class)).copied().unwrap_or(last);
            ranked.push((last, class));
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        classes.extend(ranked.into_iter().map(|(_, class)| class));
    });
}

fn network(map: &mut Map<String, Value>, found: &Found<'_>, name: &str, family: Family) {
    let networks = map.get("shared-networks").and_then(Value::as_array).into_iter().flatten();
    let old = networks.into_iter().find(|network| class_name(network) == name).cloned();
    let subnets = old.as_ref().map(|network| list(network, family.subnet_key()).to_vec()).unwrap_or_default();
    let Some(new) = found.item("shared-networks", name, class_name) else {
        // Its subnets are objects of their own; what is left of them stays outside.
        with_items(map, "shared-networks", |networks| networks.retain(|network| class_name(network) != name));
        with_items(map, family.subnet_key(), |items| items.extend(subnets));
        return;
    };
    let mut new = new.clone();
    if let Some(new) = new.as_object_mut() {
        keep_own(new, old.as_ref());
        new.insert(family.subnet_key().to_owned(), subnets.into());
    }
    with_items(map, "shared-networks", |networks| put(networks, name, class_name, Some(new)));
}

/// Puts back what may differ between partners.
fn keep_own(map: &mut Map<String, Value>, old: Option<&Value>) {
    for key in OWN_IN_SUBNET {
        set(map, key, old.and_then(|old| old.get(key)));
    }
    let own = old
        .map(|old| list(old, "option-data"))
        .unwrap_or_default()
        .iter()
        .filter(|option| is_own_option(option));
    let own: Vec<Value> = own.cloned().collect();
    if let Some(options) = map.get_mut("option-data").and_then(Value::as_array_mut) {
        options.retain(|option| !is_own_option(option));
        options.extend(own);
    } else if !own.is_empty() {
        map.insert("option-data".to_owned(), own.into());
    }
}

fn subnet(map: &mut Map<String, Value>, found: &Found<'_>, name: &str, family: Family) {
    let old = take_subnet(map, name, family);
    let Some((new, network)) = found.subnets.get(name) else { return };
    let mut new = (*new).clone();
    if let Some(new) = new.as_object_mut() {
        keep_own(new, old.as_ref());
        // Both are objects of their own where the subnet was there already.
        if let Some(old) = &old {
            set(new, "id", old.get("id"));
            set(new, "reservations", old.get("reservations"));
        }
    }
    let home = network.and_then(|network| {
        let networks = map.get_mut("shared-networks").and_then(Value::as_array_mut)?;
        networks.iter_mut().find(|found| text(found, "name") == network)?.as_object_mut()
    });
    match home {
        Some(home) => with_items(home, family.subnet_key(), |items| items.push(new)),
        None => with_items(map, family.subnet_key(), |items| items.push(new)),
    }
}

/// All lists of subnets: outside and in every shared network.
fn subnet_lists(map: &mut Map<String, Value>, family: Family) -> Vec<&mut Vec<Value>> {
    let mut lists = Vec::new();
    for (key, value) in map.iter_mut() {
        let Some(list) = value.as_array_mut() else { continue };
        if key == family.subnet_key() {
            lists.push(list);
        } else if key == "shared-networks" {
            let key = family.subnet_key();
            lists.extend(list.iter_mut().filter_map(|network| network.get_mut(key)?.as_array_mut()));
        }
    }
    lists
}

fn take_subnet(map: &mut Map<String, Value>, name: &str, family: Family) -> Option<Value> {
    subnet_lists(map, family).into_iter().find_map(|list| {
        let at = list.iter().position(|subnet| prefix(subnet) == name)?;
        Some(list.remove(at))
    })
}

fn find_subnet<'a>(
    map: &'a mut Map<String, Value>,
    name: &str,
    family: Family,
) -> Option<&'a mut Map<String, Value>> {
    let lists = subnet_lists(map, family).into_iter();
    lists.flatten().find(|subnet| prefix(subnet) == name)?.as_object_mut()
}

fn reservation(map: &mut Map<String, Value>, found: &Found<'_>, name: &str, family: Family) {
    let Some((place, identity)) = name.split_once(' ') else { return };
    let source =
        if place == GLOBAL { Some(found.root) } else { found.subnets.get(place).map(|(subnet, _)| *subnet) };
    let reservations = source.map(|source| list(source, "reservations")).unwrap_or_default();
    let new = reservations.iter().find(|item| reservation_name(item) == identity).cloned();
    let home = if place == GLOBAL { Some(map) } else { find_subnet(map, place, family) };
    if let Some(home) = home {
        with_items(home, "reservations", |items| put(items, identity, reservation_name, new));
    }
}
