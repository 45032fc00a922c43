//! Carrying edits out on a configuration.

use super::{
    Edit, Position,
    flat::Flat,
    identity::Identities,
    inherit::handed_down,
    label::is_kept_in_order,
    place::{Place, Step},
    secret::has_hidden,
    stop::{Stop, conflict, lost_network, stop},
};
use crate::{
    Family,
    api::Conflict,
    config::{Config, items},
};
use serde_json::Value;
use std::{cell::RefCell, collections::HashMap};

/// Carries the edits out, in order, on a copy of `config`. Whatever the edits do not name stays as it is, unknown
/// keys included.
///
/// `config` may be what `config-get` printed, or the same thawed. Where an edit leaves a subnet what it would inherit,
/// the key is left out. To change a running daemon use [`plan`](super::plan()), which keeps inherited what is inherited.
///
/// # Errors
/// When an edit does not find what it expects: every such edit, with what is there instead. Nothing is changed then.
pub fn apply(config: &Config, edits: &[Edit]) -> Result<Config, Vec<Conflict>> {
    carry_out(config, edits).map(|(config, _)| config)
}

/// Carries the edits out, and gives them back as they were carried out.
pub(super) fn carry_out(config: &Config, edits: &[Edit]) -> Result<(Config, Vec<Edit>), Vec<Conflict>> {
    let mut bench = Bench::new(config);
    let (mut done, mut conflicts) = (Vec::with_capacity(edits.len()), Vec::new());
    for (index, edit) in edits.iter().enumerate() {
        let whole = bench.complete(edit);
        match bench.try_edit(index, edit) {
            Ok(()) => done.push(whole),
            Err(conflict) => conflicts.push(*conflict),
        }
    }
    if conflicts.is_empty() { bench.finish(edits).map(|config| (config, done)) } else { Err(conflicts) }
}

/// A configuration that edits are carried out on.
#[derive(Debug)]
pub(super) struct Bench {
    pub(super) flat: Flat,
    pub(super) identities: Identities,
    pub(super) family: Family,
    /// What was handed down to subnets before all edits.
    pub(super) start: Value,
    /// The inherited keys that were set: those that are as inherited in the end are left out.
    pub(super) set: Vec<(Place, Vec<&'static str>)>,
    /// Where the items of the root's long lists stand, by their identities; forgotten when a list's order changes.
    pub(super) known: RefCell<HashMap<String, HashMap<String, usize>>>,
}

impl Bench {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            flat: Flat::of(config.family, config.root.clone()),
            identities: Identities::of(config),
            family: config.family,
            start: handed_down(&config.root),
            set: Vec::new(),
            known: RefCell::default(),
        }
    }

    /// Carries one edit out, or says what stands against it; nothing is changed then.
    pub(super) fn try_edit(&mut self, index: usize, edit: &Edit) -> Result<(), Box<Conflict>> {
        self.carry_out(edit).map_err(|stop| Box::new(conflict(index, edit, stop)))
    }

    /// The edit with what it will find: the value that is there, and the item before it where order means something.
    /// The inverse of that leaves exactly what is there now.
    pub(super) fn complete(&self, edit: &Edit) -> Edit {
        let mut whole = edit.clone();
        let Some((last, parents)) = edit.place.steps.split_last() else { return whole };
        if let (Step::Key(_), _) | (_, Some(_)) = (last, &edit.before) {
            whole.before = self.value_at(&edit.place).or(whole.before);
        }
        let Some(list) = self.identities.list(last).filter(|list| is_kept_in_order(list)) else {
            return whole;
        };
        if edit.before.is_some() || edit.after.is_none() {
            let Ok(parent) = self.look(parents) else { return whole };
            let Some((index, _)) = self.item(parent, last) else { return whole };
            let before = index.checked_sub(1).and_then(|index| items(parent, list).get(index));
            let before = before.and_then(|item| self.identities.of_item(list, item));
            whole.from = Some(before.map_or(Position::First, Position::After));
        }
        whole
    }

    /// The configuration as it is now.
    ///
    /// # Errors
    /// When a shared network is gone that subnets still name.
    pub(super) fn finish(mut self, edits: &[Edit]) -> Result<Config, Vec<Conflict>> {
        for (scope, keys) in std::mem::take(&mut self.set) {
            self.let_inherit(&scope, &keys);
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
        let brings = |value: &Option<Value>| {
            let value = value.as_ref().map(|value| items(value, self.family.subnet_key()));
            value.is_some_and(|subnets| !subnets.is_empty())
        };
        if matches!(last, Step::SharedNetwork(_)) && (brings(&edit.before) || brings(&edit.after)) {
            return Err(stop("the subnets of a shared network are edits of their own", None));
        }
        let done = match last {
            Step::Key(key) => self.set_key(edit, parents, key),
            step => self.set_object(edit, parents, step),
        };
        if done.is_ok() {
            self.keep_index(edit, parents, last);
        }
        done
    }
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
