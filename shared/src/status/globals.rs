//! Client classes that all servers shall have: a mark in the class's own `user-context` says so, and Kea keeps it.

use crate::{
    Family,
    api::{ClassElsewhere, GlobalClass, ServerId},
    change::{Edit, Place, normal_class},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The client classes of one daemon, as `config-get` printed them.
pub type ServerClasses = (ServerId, Vec<Value>);

/// Whether a class is marked as one that all servers shall have.
pub fn is_global(class: &Value) -> bool {
    class.get("user-context").and_then(|context| context.get("global")) == Some(&Value::Bool(true))
}

/// The classes that are marked on any server, by their names, and who has them otherwise. What most of those that
/// marked one agree on is what the others are compared with; of as many, what the first server has. `all` is one
/// family's. They come in the order in which they are defined there.
pub fn global_classes(family: Family, all: &[ServerClasses]) -> Vec<GlobalClass> {
    let marked: BTreeSet<&str> = all
        .iter()
        .flat_map(|(_, classes)| classes)
        .filter(|class| is_global(class))
        .filter_map(name)
        .collect();
    let compared = |name: &str| {
        let mut votes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (index, (_, classes)) in all.iter().enumerate() {
            if let Some(class) = find(classes, name).filter(|class| is_global(class)) {
                votes.entry(spelled(family, class)).or_insert((0, index)).0 += 1;
            }
        }
        let (_, first) =
            votes.into_values().max_by_key(|(count, first)| (*count, std::cmp::Reverse(*first)))?;
        compare(family, name, all, &all.get(first)?.0)
    };
    let mut found: Vec<GlobalClass> = marked.into_iter().filter_map(compared).collect();
    // A class may use those before it.
    found.sort_by_key(|class| {
        let there = all.iter().find(|(server, _)| *server == class.like);
        there.and_then(|(_, classes)| classes.iter().position(|one| name(one) == Some(&class.name)))
    });
    found
}

/// How the servers have one class, compared with what `like` has; `None`: nothing is known of that server.
pub fn compare(family: Family, name: &str, all: &[ServerClasses], like: &ServerId) -> Option<GlobalClass> {
    let class = find(&all.iter().find(|(server, _)| server == like)?.1, name);
    let wanted = class.map(|class| spelled(family, class));
    let mut found = GlobalClass {
        family,
        name: name.to_owned(),
        like: like.clone(),
        class: class.cloned(),
        same: Vec::new(),
        others: Vec::new(),
    };
    for (server, classes) in all {
        let there = find(classes, name);
        if there.map(|class| spelled(family, class)) == wanted {
            found.same.push(server.clone());
        } else {
            found.others.push(ClassElsewhere { server: server.clone(), class: there.cloned() });
        }
    }
    Some(found)
}

/// A class that shall be the same everywhere and is changed in one place.
#[derive(Debug, Clone, PartialEq)]
pub struct GlobalChange {
    /// Its name.
    pub name: String,
    /// How it was there; `None`: it is new.
    pub before: Option<Value>,
    /// How it shall be; `None`: it goes.
    pub after: Option<Value>,
}

/// Which global classes differ between two lists of classes: those that have the mark before or afterwards.
pub fn global_changes(before: &[Value], after: &[Value]) -> Vec<GlobalChange> {
    let names: BTreeSet<&str> = before.iter().chain(after).filter_map(name).collect();
    let change = |name: &str| {
        let (before, after) = (find(before, name), find(after, name));
        let marked = before.is_some_and(is_global) || after.is_some_and(is_global);
        (marked && before != after).then(|| GlobalChange {
            name: name.to_owned(),
            before: before.cloned(),
            after: after.cloned(),
        })
    };
    names.into_iter().filter_map(change).collect()
}

impl GlobalChange {
    /// What it takes on another server, which has the class as `there` says; `None`: nothing. A class that goes goes only
    /// where it bears the mark, too: one of the same name without it is that server's own.
    pub fn on(&self, family: Family, there: Option<&Value>) -> Option<Edit> {
        let place = Place::root().class(&self.name);
        match (there, &self.after) {
            (Some(there), None) => is_global(there).then(|| Edit::remove(place, there.clone())),
            (Some(there), Some(after)) if spelled(family, there) == spelled(family, after) => None,
            (there, after) => {
                after.as_ref().map(|after| Edit::set(place, there.cloned(), Some(after.clone())))
            }
        }
    }
}

impl GlobalClass {
    /// What it takes to have it on a server as it is on the one that is compared with; `None`: nothing, or that one has
    /// none.
    pub fn in_line(&self, server: &ServerId) -> Option<Edit> {
        let other = self.others.iter().find(|other| other.server == *server)?;
        let place = Place::root().class(&self.name);
        self.class.as_ref().map(|class| Edit::set(place, other.class.clone(), Some(class.clone())))
    }

    /// How a server has it: the class, or that there is none; `None`: not known.
    pub fn at(&self, server: &ServerId) -> Option<Option<&Value>> {
        if self.same.contains(server) {
            return Some(self.class.as_ref());
        }
        self.others.iter().find(|other| other.server == *server).map(|other| other.class.as_ref())
    }
}

fn name(class: &Value) -> Option<&str> {
    class.get("name").and_then(Value::as_str)
}

fn find<'c>(classes: &'c [Value], wanted: &str) -> Option<&'c Value> {
    classes.iter().find(|class| name(class) == Some(wanted))
}

/// A class in the one spelling for all versions.
fn spelled(family: Family, class: &Value) -> String {
    normal_class(family, class).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn id(text: &str) -> ServerId {
        ServerId::new(text).unwrap()
    }

    fn class(test: &str, global: bool) -> Value {
        let class = json!({"name": "voip", "test": test});
        if !global {
            return class;
        }
        let mut class = class;
        class["user-context"] = json!({"global": true});
        class
    }

    fn fleet() -> Vec<ServerClasses> {
        // As Kea 2.6.3 and 3.0.4 print one class.
        let mut old = class("a", true);
        old["only-if-required"] = json!(false);
        old["next-server"] = json!("0.0.0.0");
        let mut new = class("a", true);
        new["only-in-additional-list"] = json!(false);
        vec![
            (id("one"), vec![class("b", true)]),
            (id("two"), vec![old]),
            (id("three"), vec![new, json!({"name": "own"})]),
            (id("four"), Vec::new()),
            (id("five"), vec![class("a", false)]),
        ]
    }

    #[test]
    fn what_most_agree_on_is_what_the_others_are_compared_with() {
        let all = global_classes(Family::V4, &fleet());
        let [voip] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!((voip.name.as_str(), &voip.like, voip.same.len()), ("voip", &id("two"), 2), "{voip:?}");
        let others: Vec<(&str, bool)> =
            voip.others.iter().map(|other| (other.server.as_str(), other.class.is_some())).collect();
        assert_eq!(others, [("one", true), ("four", false), ("five", true)], "without its mark it differs");
        let edit = voip.in_line(&id("four")).unwrap();
        assert_eq!((edit.before, edit.after), (None, voip.class.clone()));
        assert_eq!(voip.in_line(&id("one")).unwrap().before, Some(class("b", true)));
        assert_eq!(voip.in_line(&id("three")), None);
        // Of as many, the first.
        assert_eq!(global_classes(Family::V4, &fleet()[..2])[0].like, id("one"));
        assert!(global_classes(Family::V4, &fleet()[3..]).is_empty());
    }

    #[test]
    fn a_class_is_compared_with_one_servers() {
        let own = compare(Family::V4, "own", &fleet(), &id("four")).unwrap();
        assert_eq!((own.same.len(), own.at(&id("one"))), (4, Some(None)));
        assert_eq!(own.at(&id("three")), Some(Some(&json!({"name": "own"}))));
        assert_eq!((own.at(&id("none")), own.in_line(&id("three"))), (None, None));
        assert_eq!(compare(Family::V4, "own", &fleet(), &id("none")), None);
    }

    #[test]
    fn changes_are_those_of_marked_classes() {
        let (before, after) = (vec![class("a", true), json!({"name": "own"})], vec![class("b", true)]);
        let changes = global_changes(&before, &after);
        let [change] = changes.as_slice() else { panic!("{changes:?}") };
        let on = |there: Option<&Value>| change.on(Family::V4, there);
        assert_eq!(on(None).unwrap().before, None);
        assert_eq!(on(Some(&class("b", true))), None, "it is so already");
        assert_eq!(on(Some(&class("c", false))).unwrap().before, Some(class("c", false)));
        // The mark alone is a change as well, in both directions.
        assert_eq!(global_changes(&[class("a", false)], &[class("a", true)]).len(), 1);
        assert_eq!(global_changes(&[class("a", true)], &[class("a", false)]).len(), 1);
        assert!(global_changes(&[class("a", false)], &[class("b", false)]).is_empty());
        assert!(global_changes(&before, &before).is_empty());
    }

    #[test]
    fn what_goes_leaves_a_servers_own_class_alone() {
        let changes = global_changes(&[class("a", true)], &[]);
        let on = |there: Option<&Value>| changes[0].on(Family::V4, there);
        assert_eq!(on(Some(&class("c", true))).unwrap().after, None);
        assert_eq!((on(Some(&class("a", false))), on(None)), (None, None));
    }
}
