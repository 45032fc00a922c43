//! Carrying edits out on a configuration.

use super::{
    Edit, Position,
    describe::subject,
    flat::{Flat, NETWORK},
    identity::Identities,
    place::{Place, Step},
    printed::other_name,
    secret::{has_hidden, revealed},
};
use crate::{
    Family,
    api::Conflict,
    config::{Config, hidden, inherited, is_inheritable, items},
};
use serde_json::{Map, Value};

/// Carries the edits out, in order, on a copy of `config`. Whatever the edits do not name stays as it is, unknown
/// keys included.
///
/// `config` may be what `config-get` printed, or the same thawed. Where an edit leaves a subnet what it would inherit,
/// the key is left out. To change a running daemon use [`plan`](super::plan()), which keeps inherited what is inherited.
///
/// # Errors
/// When an edit does not find what it expects: every such edit, with what is there instead. Nothing is changed then.
pub fn apply(config: &Config, edits: &[Edit]) -> Result<Config, Vec<Conflict>> {
    let mut bench = Bench::new(config);
    let conflicts: Vec<Conflict> = edits
        .iter()
        .enumerate()
        .filter_map(|(index, edit)| bench.try_edit(index, edit).err())
        .map(|conflict| *conflict)
        .collect();
    if conflicts.is_empty() { bench.finish(edits) } else { Err(conflicts) }
}

/// A configuration that edits are carried out on.
#[derive(Debug)]
pub(super) struct Bench {
    flat: Flat,
    pub(super) identities: Identities,
    family: Family,
    /// What was handed down to subnets before all edits.
    start: Value,
    /// The inherited keys that were set: those that are as inherited in the end are left out.
    set: Vec<Place>,
}

/// Why an edit cannot be carried out: in words, and what is there instead.
#[derive(Debug)]
pub(super) struct Stop {
    why: String,
    found: Option<Value>,
}

fn stop(why: impl Into<String>, found: Option<&Value>) -> Stop {
    Stop { why: why.into(), found: found.cloned() }
}

impl Bench {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            flat: Flat::of(config.family, &config.root),
            identities: Identities::of(config),
            family: config.family,
            start: handed_down(&config.root),
            set: Vec::new(),
        }
    }

    /// Carries one edit out, or says what stands against it; nothing is changed then.
    pub(super) fn try_edit(&mut self, index: usize, edit: &Edit) -> Result<(), Box<Conflict>> {
        self.carry_out(edit).map_err(|stop| Box::new(conflict(index, edit, stop)))
    }

    /// The configuration as it is now.
    ///
    /// # Errors
    /// When a shared network is gone that subnets still name.
    pub(super) fn finish(mut self, edits: &[Edit]) -> Result<Config, Vec<Conflict>> {
        for place in std::mem::take(&mut self.set) {
            self.let_inherit(&place);
        }
        let family = self.family;
        match self.flat.into_root() {
            Ok(root) => Ok(Config { family, root }),
            Err(lost) => Err(lost.iter().map(|name| lost_network(edits, name)).collect()),
        }
    }

    /// What stands at a place, as `config-get` prints it: with what a subnet inherits.
    pub(super) fn value_at(&self, place: &Place) -> Option<Value> {
        let (last, parents) = place.steps.split_last()?;
        let parent = self.look(parents).ok()?;
        match last {
            Step::Key(key) => self.printed(place, parent, key),
            step => self.item(parent, step).map(|(_, item)| item.clone()),
        }
    }

    fn carry_out(&mut self, edit: &Edit) -> Result<(), Stop> {
        let Some((last, parents)) = edit.place.steps.split_last() else {
            return Err(stop("an edit names an object or a key, not everything", None));
        };
        if edit.after.as_ref().is_some_and(has_hidden) && self.value_at(&edit.place).is_none() {
            return Err(stop("the secret in it is not known: enter it", None));
        }
        match last {
            Step::Key(key) => self.set_key(edit, parents, key),
            step => self.set_object(edit, parents, step),
        }
    }

    fn set_key(&mut self, edit: &Edit, parents: &[Step], key: &str) -> Result<(), Stop> {
        // A map that is not there yet has no keys; it is made when it gets one.
        let found = match self.look(parents) {
            Ok(parent) => self.printed(&edit.place, parent, key),
            Err(gone) if !parents.last().is_some_and(|step| matches!(step, Step::Key(_))) => {
                return Err(gone);
            }
            Err(_) => None,
        };
        if !self.is_expected(edit, found.as_ref()) {
            return Err(differs(edit.before.as_ref(), found.as_ref()));
        }
        self.key_is_free(edit, parents, key)?;
        let after = edit.after.as_ref().map(|after| revealed(after, found.as_ref()));
        if after.is_some() && is_inheritable(key) {
            self.set.push(edit.place.clone());
        }
        let old = self.identities.object_at(&edit.place.parent()).and_then(|object| other_name(object, key));
        let parent = reach(&mut self.flat.root, &self.identities, parents, after.is_some())?;
        if let (Some(parent), Some(old)) = (parent, old) {
            parent.remove(old);
        }
        let parent = reach(&mut self.flat.root, &self.identities, parents, after.is_some())?;
        match (parent, after) {
            (Some(parent), Some(after)) => drop(parent.insert(key.to_owned(), after)),
            (Some(parent), None) => drop(parent.remove(key)),
            (None, _) => {}
        }
        self.sweep(parents);
        if let (Some(Step::SharedNetwork(old)), "name", Some(Value::String(new))) =
            (parents.last(), key, &edit.after)
        {
            self.carry_along(old, new);
        }
        Ok(())
    }

    /// Lets the subnets of a network that got another name follow it.
    fn carry_along(&mut self, old: &str, new: &str) {
        let subnets = self.flat.root.get_mut(self.family.subnet_key()).and_then(Value::as_array_mut);
        for name in subnets.into_iter().flatten().filter_map(|subnet| subnet.get_mut(NETWORK)) {
            if name == old {
                *name = new.into();
            }
        }
    }

    /// Whether a key says what the edit expects. One that a subnet inherits is both nothing and what is inherited, now
    /// and before all edits.
    fn is_expected(&self, edit: &Edit, found: Option<&Value>) -> bool {
        let same = |value: Option<&Value>| self.identities.same(&edit.place, value, edit.before.as_ref());
        if same(found) {
            return true;
        }
        let (now, before) =
            (self.inherited(&edit.place, &self.flat.root), self.inherited(&edit.place, &self.start));
        let inherits = found == now.as_ref() && (now.is_some() || before.is_some());
        inherits && (edit.before.is_none() || same(before.as_ref()))
    }

    /// Leaves a key out that is what would be inherited without it.
    fn let_inherit(&mut self, place: &Place) {
        let Some((Step::Key(key), parents)) = place.steps.split_last() else { return };
        let inherited = self.inherited(place, &self.flat.root);
        if inherited.is_some()
            && let Ok(Some(map)) = reach(&mut self.flat.root, &self.identities, parents, false)
            && map.get(key) == inherited.as_ref()
        {
            map.remove(key);
        }
    }

    /// Refuses to give an object the identity of another one.
    fn key_is_free(&self, edit: &Edit, parents: &[Step], key: &str) -> Result<(), Stop> {
        let (Some((object, above)), Some(after)) = (parents.split_last(), &edit.after) else { return Ok(()) };
        if key == NETWORK {
            let network = after.as_str().map(|name| Step::SharedNetwork(name.to_owned()));
            return match network {
                Some(network) if self.item(&self.flat.root, &network).is_none() => {
                    Err(stop(format!("there is no {}", subject(&[network])), None))
                }
                _ => Ok(()),
            };
        }
        let renamed = object.renamed(key, after);
        if matches!(object, Step::Key(_))
            || self.identities.of_step(&renamed) == self.identities.of_step(object)
        {
            return Ok(());
        }
        match self.item(self.look(above)?, &renamed) {
            Some((_, taken)) => Err(stop(taken_words(&renamed), Some(taken))),
            None => Ok(()),
        }
    }

    fn set_object(&mut self, edit: &Edit, parents: &[Step], step: &Step) -> Result<(), Stop> {
        let parent = self.look(parents)?;
        let found = self.exact(parent, step, edit).or_else(|| self.item(parent, step));
        match (&edit.before, &edit.after) {
            (None, None) => self.reorder(edit, parents, step),
            (None, Some(after)) => match found.map(|(_, found)| found).or_else(|| self.clash(parent, step)) {
                Some(found) => Err(stop(taken_words(step), Some(found))),
                None => self.insert(edit, parents, step, after.clone()),
            },
            (Some(before), after) => {
                let Some((index, found)) = found else { return Err(differs(Some(before), None)) };
                if !self.identities.same(&edit.place, Some(found), Some(before)) {
                    return Err(differs(Some(before), Some(found)));
                }
                match after {
                    Some(after) => {
                        let after = revealed(after, Some(found));
                        self.replace(edit, parents, step, index, after)
                    }
                    None => self.remove(parents, step, index),
                }
            }
        }
    }

    fn insert(&mut self, edit: &Edit, parents: &[Step], step: &Step, after: Value) -> Result<(), Stop> {
        let list = self.list_mut(parents, step, true)?;
        list.push(after);
        let last = list.len() - 1;
        self.seat(edit, parents, step, last)
    }

    fn replace(
        &mut self,
        edit: &Edit,
        parents: &[Step],
        step: &Step,
        index: usize,
        after: Value,
    ) -> Result<(), Stop> {
        let list = self.identities.list(step).unwrap_or_default().to_owned();
        if let Some(renamed) = Step::to(&list, &after)
            && self.identities.of_step(&renamed) != self.identities.of_step(step)
            && let Some((_, taken)) = self.item(self.look(parents)?, &renamed)
        {
            return Err(stop(taken_words(&renamed), Some(taken)));
        }
        if let Some(place) = self.list_mut(parents, step, false)?.get_mut(index) {
            *place = after;
        }
        self.seat(edit, parents, step, index)
    }

    fn remove(&mut self, parents: &[Step], step: &Step, index: usize) -> Result<(), Stop> {
        let list = self.list_mut(parents, step, false)?;
        if index < list.len() {
            list.remove(index);
        }
        Ok(())
    }

    fn reorder(&mut self, edit: &Edit, parents: &[Step], step: &Step) -> Result<(), Stop> {
        let parent = self.look(parents)?;
        let Some((index, found)) = self.item(parent, step) else { return Err(stop(GONE, None)) };
        if let Some(Position::After(anchor)) = &edit.from
            && self.anchor(parent, step, anchor).is_some_and(|anchor| anchor > index)
        {
            return Err(stop("it was moved to another position", Some(found)));
        }
        if let Some(Position::After(anchor)) = &edit.to
            && self.anchor(parent, step, anchor).is_none()
        {
            return Err(stop(
                format!("`{anchor}`, behind which it shall stand, is not there any more"),
                None,
            ));
        }
        self.seat(edit, parents, step, index)
    }

    /// Puts the item at `index` where the edit wants it; where that place is gone, it stays.
    fn seat(&mut self, edit: &Edit, parents: &[Step], step: &Step, index: usize) -> Result<(), Stop> {
        let Some(to) = &edit.to else { return Ok(()) };
        let target = match to {
            Position::First => Some(0),
            Position::After(anchor) => {
                self.anchor(self.look(parents)?, step, anchor).map(|anchor| anchor + 1)
            }
        };
        let list = self.list_mut(parents, step, false)?;
        if let Some(target) = target.filter(|target| *target <= list.len() && index < list.len()) {
            let item = list.remove(index);
            list.insert(if target > index { target - 1 } else { target }, item);
        }
        Ok(())
    }

    fn anchor(&self, parent: &Value, step: &Step, anchor: &str) -> Option<usize> {
        let list = self.identities.list(step)?;
        let items = parent.get(list)?.as_array()?;
        items.iter().position(|item| self.identities.of_item(list, item).is_some_and(|id| id == anchor))
    }

    /// The map or item that the steps lead to.
    fn look(&self, steps: &[Step]) -> Result<&Value, Stop> {
        let mut here = &self.flat.root;
        for (index, step) in steps.iter().enumerate() {
            let next = match step {
                Step::Key(key) => here.get(key),
                step => self.item(here, step).map(|(_, item)| item),
            };
            let gone =
                || stop(format!("there is no {}", subject(steps.get(..=index).unwrap_or(steps))), None);
            here = next.ok_or_else(gone)?;
        }
        Ok(here)
    }

    /// The item of a list that says what the edit expects: there may be several with one identity.
    fn exact<'v>(&self, parent: &'v Value, step: &Step, edit: &Edit) -> Option<(usize, &'v Value)> {
        let list = self.identities.list(step)?;
        let (items, wanted) = (parent.get(list)?.as_array()?, self.identities.of_step(step));
        let before = edit.before.as_ref()?;
        items.iter().enumerate().find(|(_, item)| {
            self.identities.of_item(list, item).is_some_and(|id| id == wanted)
                && self.identities.same(&edit.place, Some(item), Some(before))
        })
    }

    fn item<'v>(&self, parent: &'v Value, step: &Step) -> Option<(usize, &'v Value)> {
        let list = self.identities.list(step)?;
        let items = parent.get(list)?.as_array()?;
        let index = self.identities.find(items, list, step)?;
        items.get(index).map(|item| (index, item))
    }

    /// Another subnet with the id of a new one.
    fn clash<'v>(&self, parent: &'v Value, step: &Step) -> Option<&'v Value> {
        let Step::Subnet(name) = step else { return None };
        let id = Step::Subnet(super::SubnetName { prefix: String::new(), ..name.clone() });
        name.id.and_then(|_| self.item(parent, &id)).map(|(_, found)| found)
    }

    /// A key's value as `config-get` prints it.
    fn printed(&self, place: &Place, parent: &Value, key: &str) -> Option<Value> {
        let other = || {
            let object = self.identities.object_at(&place.parent())?;
            parent.get(other_name(object, key)?)
        };
        parent.get(key).or_else(other).cloned().or_else(|| self.inherited(place, &self.flat.root))
    }

    /// What a subnet or shared network has for a key that it does not set itself, under this root.
    fn inherited(&self, place: &Place, root: &Value) -> Option<Value> {
        let [scope @ (Step::Subnet(_) | Step::SharedNetwork(_)), Step::Key(key)] = place.steps.as_slice()
        else {
            return None;
        };
        let (_, map) = self.item(&self.flat.root, scope)?;
        let network =
            map.get(NETWORK).and_then(Value::as_str).map(|name| Step::SharedNetwork(name.to_owned()));
        let network = network.and_then(|network| self.item(root, &network)).map(|(_, network)| network);
        inherited(root, network, map, key)
    }

    fn list_mut(&mut self, parents: &[Step], step: &Step, make: bool) -> Result<&mut Vec<Value>, Stop> {
        let key = self.identities.list(step).unwrap_or_default().to_owned();
        let parent = reach(&mut self.flat.root, &self.identities, parents, make)?;
        let Some(parent) = parent else { return Err(stop(GONE, None)) };
        let list = parent.entry(key.as_str()).or_insert_with(|| Value::Array(Vec::new()));
        match list {
            Value::Array(items) => Ok(items),
            other => Err(Stop { why: format!("`{key}` is no list"), found: Some(other.clone()) }),
        }
    }

    /// Removes the maps that an edit has emptied, from the innermost outwards.
    fn sweep(&mut self, parents: &[Step]) {
        let mut parents = parents;
        while let Some((Step::Key(key), above)) = parents.split_last() {
            if let Ok(Some(map)) = reach(&mut self.flat.root, &self.identities, above, false)
                && map.get(key).and_then(Value::as_object).is_some_and(Map::is_empty)
            {
                map.remove(key);
            }
            parents = above;
        }
    }
}

/// What a configuration hands down to its subnets: its inherited keys, and those of its shared networks.
fn handed_down(root: &Value) -> Value {
    let only = |map: &Value| -> Map<String, Value> {
        let keys = map.as_object().into_iter().flatten();
        let keys = keys.filter(|(key, _)| is_inheritable(key) || *key == "name");
        keys.map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    let networks =
        items(root, "shared-networks").iter().map(|network| Value::Object(only(network))).collect();
    let mut start = only(root);
    start.insert("shared-networks".to_owned(), Value::Array(networks));
    Value::Object(start)
}

const GONE: &str = "it is not there any more";

/// The map that the steps lead to; maps of keys that are not there are made on the way when `make` says so.
fn reach<'v>(
    root: &'v mut Value,
    identities: &Identities,
    steps: &[Step],
    make: bool,
) -> Result<Option<&'v mut Map<String, Value>>, Stop> {
    let mut here = root;
    for step in steps {
        let next = match step {
            Step::Key(key) => match here.as_object_mut() {
                Some(map) if make => {
                    Some(map.entry(key.as_str()).or_insert_with(|| Value::Object(Map::new())))
                }
                Some(map) => map.get_mut(key),
                None => None,
            },
            step => {
                let list = identities.list(step).unwrap_or_default();
                let items = here.get_mut(list).and_then(Value::as_array_mut);
                items.and_then(|items| {
                    let index = identities.find(items, list, step)?;
                    items.get_mut(index)
                })
            }
        };
        match next {
            Some(next) => here = next,
            None => return Ok(None),
        }
    }
    match here {
        Value::Object(map) => Ok(Some(map)),
        other => {
            Err(Stop { why: "it stands in something that is no map".to_owned(), found: Some(other.clone()) })
        }
    }
}

fn differs(expected: Option<&Value>, found: Option<&Value>) -> Stop {
    let why = match (expected, found) {
        (Some(_), None) => GONE,
        (None, Some(_)) => "it is set already",
        _ => "somebody else has changed it",
    };
    stop(why, found)
}

fn taken_words(step: &Step) -> String {
    match step {
        Step::Subnet(_) => "a scope with that address already exists on the server".to_owned(),
        step => format!("there is already {}", super::describe::indefinite(step)),
    }
}

fn conflict(index: usize, edit: &Edit, stop: Stop) -> Conflict {
    let shown = edit.masked();
    let key = match edit.place.last() {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    Conflict {
        index,
        edit: edit.describe(),
        place: edit.place.to_string(),
        why: stop.why,
        expected: shown.before,
        found: stop.found.map(|found| hidden(key, &found)),
        wanted: shown.after,
    }
}

/// A network that subnets still name is gone.
fn lost_network(edits: &[Edit], name: &str) -> Conflict {
    let network = Place::root().network(name);
    let names = |edit: &Edit| {
        edit.place == network
            || edit.after.as_ref().and_then(|after| after.get(NETWORK)) == Some(&name.into())
    };
    let index = edits.iter().rposition(names).unwrap_or_default();
    let why = match edits.get(index) {
        Some(edit) if edit.place == network => {
            "the shared network still has subnets: move or remove them first".to_owned()
        }
        _ => format!("there is no shared network `{name}`"),
    };
    let edit = edits.get(index).cloned().unwrap_or_else(|| Edit::set(network, None, None));
    conflict(index, &edit, Stop { why, found: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::option::OptionData;
    use serde::Deserialize as _;
    use serde_json::json;

    fn set(before: Option<OptionData>, after: OptionData) -> Edit {
        Edit::option(&Place::root(), before.as_ref(), Some(&after))
    }

    fn remove(before: Value) -> Edit {
        Edit::option(&Place::root(), Some(&option(before)), None)
    }

    fn config(options: Value) -> Config {
        Config {
            family: Family::V4,
            root: json!({"option-data": options, "valid-lifetime": 3600, "unknown": {"kept": [1]}}),
        }
    }

    fn option(value: Value) -> OptionData {
        OptionData::deserialize(value).unwrap()
    }

    /// As `config-get` prints it.
    fn printed(code: u16, name: &str, data: &str) -> Value {
        json!({"always-send": false, "code": code, "csv-format": true, "data": data, "name": name, "never-send": false, "space": "dhcp4"})
    }

    #[test]
    fn edits_change_what_they_name_and_nothing_else() {
        let routers = printed(3, "routers", "192.0.2.1");
        let mut servers = printed(6, "domain-name-servers", "192.0.2.53");
        servers["user-context"] = json!({"comment": "kept"});
        let before = config(json!([routers, servers, "not option data"]));
        let mut wanted = option(servers.clone());
        wanted.data = "192.0.2.54".to_owned();
        let mut expected = servers.clone();
        expected["data"] = json!("192.0.2.54");

        let edits = [
            remove(routers),
            set(Some(option(servers)), wanted),
            set(None, option(json!({"code": 15, "data": "example.org"}))),
        ];
        let after = apply(&before, &edits).unwrap();
        let added = json!({"code": 15, "data": "example.org"});
        assert_eq!(after, config(json!([expected, "not option data", added])));
    }

    #[test]
    fn the_defaults_that_kea_prints_are_no_difference() {
        let before = config(json!([printed(6, "domain-name-servers", "192.0.2.53")]));
        let written =
            json!({"code": 6, "name": "domain-name-servers", "data": "192.0.2.53", "client-classes": []});
        assert!(apply(&before, &[remove(written)]).is_ok());
    }

    #[test]
    fn an_option_that_is_there_already_is_a_conflict() {
        let there = printed(6, "domain-name-servers", "192.0.2.53");
        let mut for_guests = there.clone();
        for_guests["client-classes"] = json!(["guests"]);
        let before = config(json!([there]));
        for (wanted, conflicts) in [
            (json!({"code": 6, "data": "x"}), true),
            (json!({"name": "domain-name-servers", "data": "x"}), true),
            (json!({"code": 6, "space": "dhcp4", "data": "x"}), true),
            (json!({"code": 6, "space": "vendor-4491", "data": "x"}), false),
            (json!({"code": 5, "data": "x"}), false),
            (for_guests, false),
        ] {
            let result = apply(&before, &[set(None, option(wanted.clone()))]);
            assert_eq!(result.is_err(), conflicts, "{wanted}");
            for conflict in result.err().into_iter().flatten() {
                assert_eq!((conflict.expected, conflict.found), (None, Some(there.clone())), "{wanted}");
            }
        }
    }

    #[test]
    fn an_option_that_is_gone_or_different_is_a_conflict() {
        let seen = option(printed(6, "domain-name-servers", "192.0.2.53"));
        let mut after = seen.clone();
        after.data = "192.0.2.54".to_owned();
        let edits = [Edit::option(&Place::root(), Some(&seen), None), set(Some(seen), after)];
        let other = printed(6, "domain-name-servers", "203.0.113.53");
        let mut always = printed(6, "domain-name-servers", "192.0.2.53");
        always["always-send"] = json!(true);
        for (there, found) in
            [(json!([]), None), (json!([other]), Some(other)), (json!([always]), Some(always))]
        {
            for edit in &edits {
                let conflicts = apply(&config(there.clone()), std::slice::from_ref(edit)).unwrap_err();
                assert_eq!(conflicts.len(), 1);
                assert_eq!((&conflicts[0].found, &conflicts[0].wanted), (&found, &edit.after), "{there}");
            }
        }
    }

    #[test]
    fn changing_an_options_code_onto_another_option_is_a_conflict() {
        let (routers, servers) =
            (printed(3, "routers", "192.0.2.1"), printed(6, "domain-name-servers", "192.0.2.53"));
        let edit = set(Some(option(routers.clone())), option(servers.clone()));
        let conflicts = apply(&config(json!([routers, servers])), &[edit]).unwrap_err();
        assert_eq!(conflicts[0].found, Some(servers));
    }

    #[test]
    fn every_conflict_is_reported() {
        let remove = |code| remove(json!({"code": code, "data": "x"}));
        assert_eq!(apply(&config(json!([])), &[remove(3), remove(6)]).unwrap_err().len(), 2);
    }

    #[test]
    fn a_configuration_without_options_gets_the_list() {
        let before = Config { family: Family::V6, root: json!({}) };
        let edit = set(None, option(json!({"code": 23, "data": "2001:db8::53"})));
        let after = apply(&before, &[edit]).unwrap();
        assert_eq!(after.root, json!({"option-data": [{"code": 23, "data": "2001:db8::53"}]}));
    }

    #[test]
    fn what_is_no_list_is_not_overwritten() {
        let edit = set(None, option(json!({"code": 6, "data": "x"})));
        assert!(apply(&config(json!({"odd": true})), &[edit]).is_err());
    }
}
