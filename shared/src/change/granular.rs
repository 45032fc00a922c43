//! A change as hook commands, which do not interrupt service, where they leave just what `config-set` would.
//!
//! Source: Kea 3.0.4 itself, driven by `tests/tests/edits/granular.rs`. What its hooks do not do as `config-set` does:
//! `subnet4-add` and `-update` refuse reservations, fill in the global timers (and `rapid-commit` false) instead of the
//! shared network's, and `class-add` only appends.

use super::{
    Edit, Planned,
    flat::{Flat, NETWORK},
    identity::Identities,
    place::{HostName, Place, Step},
};
use crate::{
    Family, KeaVersion,
    command::Command,
    config::{Config, items},
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};

/// A hook command and the one that takes it back.
#[derive(Debug, Clone, PartialEq)]
pub struct HookStep {
    /// What changes Kea.
    pub run: Command,
    /// What takes that back.
    pub undo: Command,
}

/// The series whose hooks were compared with `config-set`: major and minor number.
const PROVED: (u16, u16) = (3, 0);

/// More commands than these take longer than one `config-set`.
const MOST: usize = 64;

/// The hook commands that make of `before`, which `config-get` printed, what a plan expects. `commands` are those that
/// the daemon knows. `None` where only `config-set` does it.
pub fn granular(
    planned: &Planned,
    before: &Config,
    commands: &BTreeSet<String>,
    version: KeaVersion,
) -> Option<Vec<HookStep>> {
    let inside = |edit: &Edit| {
        matches!(
            edit.place.steps.first(),
            Some(Step::Subnet(_) | Step::ClientClass(_) | Step::Reservation(_))
        )
    };
    let hooked = ["class-add", "subnet4-add", "subnet6-add", "reservation-add"];
    let is_loaded = hooked.into_iter().any(|command| commands.contains(command));
    if (version.major, version.minor) != PROVED || !is_loaded || !planned.edits.iter().all(inside) {
        return None;
    }
    let (family, after) = (before.family, planned.expected());
    let (old, new) = (Flat::of(family, before.root.clone()).root, Flat::of(family, after.root).root);
    let hooks = Hooks { family, ids: Identities::of(before) };
    if !hooks.same_otherwise(&old, &new) {
        return None;
    }
    let mut steps = hooks.classes(items(&old, CLASSES), items(&new, CLASSES))?;
    let (first, last) = hooks.subnets(&old, &new)?;
    let hosts = hooks.reservations(0, &old, &new)?;
    // A class that goes is used by no subnet any more, one that comes is there before them.
    let at = if steps.first().is_some_and(|step| step.run.command == "class-del") { 0 } else { steps.len() };
    let classes = steps.split_off(at);
    steps.extend(first.into_iter().chain(hosts).chain(last).chain(classes));
    let known =
        |step: &HookStep| commands.contains(&step.run.command) && commands.contains(&step.undo.command);
    (!steps.is_empty() && steps.len() <= MOST && steps.iter().all(known)).then_some(steps)
}

const CLASSES: &str = "client-classes";
const RESERVATIONS: &str = "reservations";

struct Hooks {
    family: Family,
    ids: Identities,
}

fn step(run: (impl Into<String>, Value), undo: (impl Into<String>, Value)) -> HookStep {
    HookStep { run: Command::new(run.0).with(run.1), undo: Command::new(undo.0).with(undo.1) }
}

impl Hooks {
    /// `subnet4-add` and the like.
    fn name(&self, object: &str, verb: &str) -> String {
        let number = match self.family {
            Family::V4 => 4,
            Family::V6 => 6,
        };
        format!("{object}{number}-{verb}")
    }

    fn same(&self, step: Step, left: &Value, right: &Value) -> bool {
        self.ids.same(&Place::root().step(step), Some(left), Some(right))
    }

    /// Whether everything but classes, subnets and reservations is the same.
    fn same_otherwise(&self, old: &Value, new: &Value) -> bool {
        let rest = |root: &Value| {
            let mut rest = root.as_object().cloned().unwrap_or_default();
            for key in [CLASSES, RESERVATIONS, self.family.subnet_key()] {
                rest.remove(key);
            }
            Value::Object(rest)
        };
        rest(old) == rest(new)
    }

    /// Classes that are changed in place, added at the end, or removed from the end.
    fn classes(&self, old: &[Value], new: &[Value]) -> Option<Vec<HookStep>> {
        let list = |class: &Value| json!({CLASSES: [class]});
        let name = |class: &Value| class.get("name").and_then(Value::as_str).map(str::to_owned);
        let mut steps = Vec::new();
        for (old, new) in old.iter().zip(new) {
            let title = name(old).filter(|title| Some(title) == name(new).as_ref())?;
            if !self.same(Step::ClientClass(title), old, new) {
                steps.push(step(("class-update", list(new)), ("class-update", list(old))));
            }
        }
        for class in new.get(old.len()..).unwrap_or_default() {
            steps.push(step(("class-add", list(class)), ("class-del", json!({"name": name(class)?}))));
        }
        let gone = old.get(new.len()..).unwrap_or_default();
        if !gone.is_empty() && !steps.is_empty() {
            return None;
        }
        for class in gone.iter().rev() {
            steps.push(step(("class-del", json!({"name": name(class)?})), ("class-add", list(class))));
        }
        Some(steps)
    }

    /// The subnets that go and change, then those that come.
    fn subnets(&self, old: &Value, new: &Value) -> Option<(Vec<HookStep>, Vec<HookStep>)> {
        let key = self.family.subnet_key();
        let by_id = |root| -> Option<HashMap<u64, &Value>> {
            items(root, key).iter().map(|subnet| Some((id(subnet)?, subnet))).collect()
        };
        let (was, is) = (by_id(old)?, by_id(new)?);
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for subnet in items(old, key) {
            match is.get(&id(subnet)?) {
                None => {
                    first.extend(self.reservations(id(subnet)?, subnet, &Value::Null)?);
                    first.extend(self.come_or_go(subnet, false)?);
                }
                Some(new) => first.extend(self.update(subnet, new)?),
            }
        }
        for subnet in items(new, key) {
            if !was.contains_key(&id(subnet)?) {
                last.extend(self.come_or_go(subnet, true)?);
                last.extend(self.reservations(id(subnet)?, &Value::Null, subnet)?);
            }
        }
        Some((first, last))
    }

    /// A subnet comes, or goes.
    fn come_or_go(&self, subnet: &Value, comes: bool) -> Option<Vec<HookStep>> {
        let add = (self.name("subnet", "add"), self.arguments(subnet)?);
        let remove = (self.name("subnet", "del"), json!({"id": id(subnet)?}));
        let mut steps = vec![step(add, remove)];
        if let Some(network) = network(subnet) {
            let of = json!({"name": network, "id": id(subnet)?});
            steps.push(step(
                (self.name("network", "subnet-add"), of.clone()),
                (self.name("network", "subnet-del"), of),
            ));
        }
        if comes {
            return Some(steps);
        }
        Some(steps.into_iter().rev().map(|step| HookStep { run: step.undo, undo: step.run }).collect())
    }

    /// A subnet changes, in its network or from one to another.
    fn update(&self, old: &Value, new: &Value) -> Option<Vec<HookStep>> {
        let id = id(old)?;
        let mut steps = Vec::new();
        let (from, to) = (network(old), network(new));
        let (join, leave) = (self.name("network", "subnet-add"), self.name("network", "subnet-del"));
        let of = |name: &str| json!({"name": name, "id": id});
        if from != to {
            // Both sides must be such that the hooks leave them as `config-set` does.
            self.arguments(old).and(self.arguments(new))?;
        }
        if let Some(from) = from.filter(|_| from != to) {
            steps.push(step((leave.as_str(), of(from)), (join.as_str(), of(from))));
        }
        let (mut was, mut is) = (old.clone(), new.clone());
        for map in [&mut was, &mut is].into_iter().filter_map(|subnet| subnet.as_object_mut()) {
            map.remove(RESERVATIONS);
            map.remove(NETWORK);
        }
        let place = Step::to(self.family.subnet_key(), old)?;
        if !self.same(place, &was, &is) {
            if old.get("subnet") != new.get("subnet") {
                return None;
            }
            let update = self.name("subnet", "update");
            steps
                .push(step((update.as_str(), self.arguments(new)?), (update.as_str(), self.arguments(old)?)));
        }
        if let Some(to) = to.filter(|_| from != to) {
            steps.push(step((join.as_str(), of(to)), (leave.as_str(), of(to))));
        }
        steps.extend(self.reservations(id, old, new)?);
        Some(steps)
    }

    /// The subnet as it is printed, without its reservations: with its timers, since the hook would fill in the global
    /// ones in place of its network's.
    /// `None` for a subnet that takes `rapid-commit` from its network: the hook would set it.
    fn arguments(&self, subnet: &Value) -> Option<Value> {
        if self.family == Family::V6 && network(subnet).is_some() && subnet.get("rapid-commit").is_none() {
            return None;
        }
        let keys =
            subnet.as_object()?.iter().filter(|(key, _)| !matches!(key.as_str(), RESERVATIONS | NETWORK));
        let subnet: Map<String, Value> = keys.map(|(key, value)| (key.clone(), value.clone())).collect();
        Some(json!({self.family.subnet_key(): [subnet]}))
    }

    /// The reservations of a subnet, or the global ones (0).
    fn reservations(&self, subnet: u64, old: &Value, new: &Value) -> Option<Vec<HookStep>> {
        let hosts = |scope| -> Option<HashMap<String, &Value>> {
            let hosts = items(scope, RESERVATIONS);
            let named: HashMap<String, &Value> = hosts
                .iter()
                .map(|host| Some((self.ids.of_item(RESERVATIONS, host)?, host)))
                .collect::<Option<_>>()?;
            (named.len() == hosts.len()).then_some(named)
        };
        let (was, is) = (hosts(old)?, hosts(new)?);
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for host in items(old, RESERVATIONS) {
            match is.get(&self.ids.of_item(RESERVATIONS, host)?) {
                None => gone.push(step(remove(subnet, host)?, add("add", subnet, host))),
                Some(new) if !self.same(Step::to(RESERVATIONS, host)?, host, new) => {
                    gone.push(step(add("update", subnet, new), add("update", subnet, host)));
                }
                Some(_) => {}
            }
        }
        for host in items(new, RESERVATIONS) {
            if !was.contains_key(&self.ids.of_item(RESERVATIONS, host)?) {
                come.push(step(add("add", subnet, host), remove(subnet, host)?));
            }
        }
        gone.append(&mut come);
        Some(gone)
    }
}

fn id(subnet: &Value) -> Option<u64> {
    subnet.get("id").and_then(Value::as_u64)
}

fn network(subnet: &Value) -> Option<&str> {
    subnet.get(NETWORK).and_then(Value::as_str)
}

/// `reservation-add` or `-update`.
fn add(verb: &str, subnet: u64, host: &Value) -> (String, Value) {
    let mut host = host.clone();
    if let Some(host) = host.as_object_mut() {
        host.insert("subnet-id".to_owned(), subnet.into());
    }
    (format!("reservation-{verb}"), json!({"operation-target": "memory", "reservation": host}))
}

fn remove(subnet: u64, host: &Value) -> Option<(String, Value)> {
    let Step::Reservation(HostName { identifier, value }) = Step::to(RESERVATIONS, host)? else {
        return None;
    };
    let which = json!({"operation-target": "memory", "subnet-id": subnet, "identifier-type": identifier, "identifier": value});
    Some(("reservation-del".to_owned(), which))
}
