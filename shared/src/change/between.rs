//! The difference between two configurations as edits.

use super::{
    Edit, Position,
    flat::{Flat, NETWORK},
    identity::Identities,
    label::{is_kept_in_order, is_keyed, is_ordered},
    place::{Place, Step},
};
use crate::config::Config;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The edits that make `after` of `before`: one for each object that came or went, one for each key that differs.
/// Defaults that Kea prints, the order of lists where it means nothing, and the spelling of addresses are no
/// difference.
///
/// Carried out on `before`, the edits give `after` up to that.
pub fn edits_between(before: &Config, after: &Config) -> Vec<Edit> {
    let (left, right) =
        (Flat::of(before.family, before.root.clone()), Flat::of(after.family, after.root.clone()));
    let mut walk =
        Walk { ids: Identities::of(before), theirs: Identities::of(after), edits: Edits::default() };
    walk.compare(&Place::root(), Some(&left.root), Some(&right.root));
    walk.edits.in_order()
}

/// The edits that make `after` of `before`, which stand at `place` of `config`: what a form yields, so that what
/// somebody else changes in the same object meanwhile is merged.
pub fn edits_within(
    config: &Config,
    place: &Place,
    before: Option<&Value>,
    after: Option<&Value>,
) -> Vec<Edit> {
    let mut walk =
        Walk { ids: Identities::of(config), theirs: Identities::of(config), edits: Edits::default() };
    walk.compare(place, before, after);
    walk.edits.in_order()
}

/// Edits by when they can be carried out: what is removed goes from the inside to the outside and last of all what
/// others may use; what is added comes before what may use it.
#[derive(Debug, Default)]
struct Edits {
    /// Definitions, networks and classes that come.
    first: Vec<Edit>,
    then: Vec<Edit>,
    /// Definitions, networks and classes that go.
    last: Vec<Edit>,
}

impl Edits {
    fn push(&mut self, edit: Edit) {
        let used = matches!(
            edit.place.steps.as_slice(),
            [Step::OptionDef(_) | Step::SharedNetwork(_) | Step::ClientClass(_)]
        );
        match (&edit.before, &edit.after) {
            (None, _) if used => self.first.push(edit),
            (Some(_), None) if used => self.last.push(edit),
            _ => self.then.push(edit),
        }
    }

    fn in_order(self) -> Vec<Edit> {
        let mut all = self.first;
        all.extend(self.then);
        all.extend(self.last);
        all
    }
}

struct Walk {
    ids: Identities,
    theirs: Identities,
    edits: Edits,
}

impl Walk {
    fn compare(&mut self, place: &Place, before: Option<&Value>, after: Option<&Value>) {
        if before == after || self.ids.same(place, before, after) {
            return;
        }
        match (before, after) {
            (Some(Value::Object(before)), Some(Value::Object(after))) if !is_whole(place) => {
                self.maps(place, before, after);
            }
            (before, after) => match (self.keyed(place, before), self.keyed(place, after)) {
                (Some(before), Some(after)) => self.lists(place, before, after),
                _ => self.edits.push(Edit::set(place.clone(), before.cloned(), after.cloned())),
            },
        }
    }

    fn maps(&mut self, place: &Place, before: &Map<String, Value>, after: &Map<String, Value>) {
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        // What identifies the object comes last: until then it goes by its earlier name, and inherits from where it was.
        let (names, others): (Vec<&String>, Vec<&String>) =
            keys.into_iter().partition(|key| is_identity(place, key));
        for key in others.into_iter().chain(names) {
            if self.has_other_name(place, key, before, after) {
                continue;
            }
            self.compare(&place.clone().key(key), before.get(key), after.get(key));
        }
    }

    /// Whether the key stands in only one of the maps, and the other one has it under its other name: then the new
    /// name is compared, once.
    fn has_other_name(
        &self,
        place: &Place,
        key: &str,
        before: &Map<String, Value>,
        after: &Map<String, Value>,
    ) -> bool {
        let other = self.ids.object_at(place).and_then(|object| super::printed::other_name(object, key));
        other.is_some_and(|other| {
            before.contains_key(key) && after.contains_key(other) && {
                let (left, right) = (before.get(key), after.get(other));
                self.ids.same(&place.clone().key(key), left, right)
                    || self.ids.same(&place.clone().key(other), left, right)
            } || after.contains_key(key) && before.contains_key(other)
        })
    }

    /// The items of a list whose items have identities; none where there is no list.
    fn keyed<'v>(&self, place: &Place, value: Option<&'v Value>) -> Option<&'v [Value]> {
        let Some(Step::Key(key)) = place.last() else { return None };
        let inside = place.parent();
        let is_known = self.ids.object_at(&inside).is_some() || !place.steps.iter().any(is_context);
        if !is_keyed(key) || !is_known {
            return None;
        }
        match value {
            None => Some(&[]),
            Some(Value::Array(items)) => {
                let named: Option<HashSet<String>> =
                    items.iter().map(|item| self.ids.of_item(key, item)).collect();
                (named?.len() == items.len()).then_some(items.as_slice())
            }
            Some(_) => None,
        }
    }

    fn lists(&mut self, place: &Place, before: &[Value], after: &[Value]) {
        let Some(Step::Key(list)) = place.last().cloned() else { return };
        let scope = place.parent();
        let pairs = self.pairs(&list, before, after);
        let kept: HashSet<usize> = pairs.iter().flatten().copied().collect();
        for (new, old) in pairs.iter().enumerate() {
            let (Some(was), Some(is)) = (old.and_then(|old| before.get(old)), after.get(new)) else {
                continue;
            };
            let Some(step) = Step::to(&list, was) else { continue };
            self.compare(&scope.clone().step(step), Some(was), Some(is));
        }
        let mut order = Order::new(self.identities(&list, before));
        self.arrivals(&scope, &list, (before, after), &pairs, &mut order);
        for (index, item) in before.iter().enumerate().filter(|(index, _)| !kept.contains(index)) {
            let Some(step) = Step::to(&list, item) else { continue };
            let mut edit = Edit::remove(scope.clone().step(step), item.clone());
            if is_kept_in_order(&list) {
                edit.from = order.remove(index);
            }
            self.edits.push(edit);
        }
    }

    /// The identities of the items.
    fn identities(&self, list: &str, items: &[Value]) -> Vec<String> {
        items.iter().map(|item| self.ids.of_item(list, item).unwrap_or_default()).collect()
    }

    /// For each item of `after` the index of the same object in `before`.
    fn pairs(&self, list: &str, before: &[Value], after: &[Value]) -> Vec<Option<usize>> {
        let known: HashMap<String, usize> = before
            .iter()
            .enumerate()
            .filter_map(|(index, item)| Some((self.ids.of_item(list, item)?, index)))
            .collect();
        let mut pairs: Vec<Option<usize>> =
            after.iter().map(|item| known.get(&self.theirs.of_item(list, item)?).copied()).collect();
        if matches!(list, "subnet4" | "subnet6") {
            by_id(before, after, &mut pairs);
        }
        pairs
    }

    /// Adds what is new and, where order means something, moves what stands elsewhere: so few items that the others are
    /// in order already. One pass in the new order, so that each finds the one before it in its place.
    fn arrivals(
        &mut self,
        scope: &Place,
        list: &str,
        (before, after): Sides<'_>,
        pairs: &[Option<usize>],
        order: &mut Order,
    ) {
        let olds: Vec<usize> = pairs.iter().flatten().copied().collect();
        let still = if is_ordered(list) { longest_rise(&olds) } else { olds.into_iter().collect() };
        let mut previous: Option<String> = None;
        for (item, old) in after.iter().zip(pairs) {
            let old_item = old.and_then(|old| before.get(old));
            let Some(step) = Step::to(list, old_item.unwrap_or(item)) else { continue };
            let name = self.ids.of_step(&step);
            let to = previous.replace(name.clone()).map_or(Position::First, Position::After);
            let place = || scope.clone().step(step.clone());
            match old {
                None => {
                    let mut edit = Edit::add(place(), item.clone());
                    if is_ordered(list) {
                        order.insert(name, &to);
                        edit.to = Some(to);
                    }
                    self.edits.push(edit);
                }
                Some(old) if !still.contains(old) => {
                    let from = order.take(&name);
                    order.insert(name, &to);
                    self.edits.push(Edit::move_to(place(), from, to));
                }
                Some(_) => {}
            }
        }
    }
}

type Sides<'v> = (&'v [Value], &'v [Value]);

/// The names of a list's items while edits are carried out on it, so that each edit says where its item stood.
struct Order {
    /// As it was before.
    all: Vec<String>,
    /// As it is; none where nothing was moved or added yet.
    now: Option<Vec<String>>,
    /// The item that was removed last, and the one before it that stays.
    gap: Option<(usize, Option<usize>)>,
}

impl Order {
    fn new(all: Vec<String>) -> Self {
        Self { all, now: None, gap: None }
    }

    fn now(&mut self) -> &mut Vec<String> {
        self.now.get_or_insert_with(|| self.all.clone())
    }

    /// Takes an item out, and says where it stood.
    fn take(&mut self, name: &str) -> Position {
        let now = self.now();
        let Some(index) = now.iter().position(|other| other == name) else { return Position::First };
        now.remove(index);
        index
            .checked_sub(1)
            .and_then(|index| now.get(index).cloned())
            .map_or(Position::First, Position::After)
    }

    fn insert(&mut self, name: String, to: &Position) {
        let now = self.now();
        let index = match to {
            Position::First => 0,
            Position::After(anchor) => {
                now.iter().position(|other| other == anchor).map_or(now.len(), |index| index + 1)
            }
        };
        now.insert(index, name);
    }

    /// Removes the item that stood at `index` before all edits, and says where it stood.
    fn remove(&mut self, index: usize) -> Option<Position> {
        if self.now.is_some() {
            let name = self.all.get(index)?.clone();
            return Some(self.take(&name));
        }
        let before = match self.gap {
            Some((last, before)) if last + 1 == index => before,
            _ => index.checked_sub(1),
        };
        self.gap = Some((index, before));
        Some(before.and_then(|before| self.all.get(before).cloned()).map_or(Position::First, Position::After))
    }
}

/// Subnets whose prefix was changed in place: the same id on both sides.
fn by_id(before: &[Value], after: &[Value], pairs: &mut [Option<usize>]) {
    let taken: HashSet<usize> = pairs.iter().flatten().copied().collect();
    let id = |item: &Value| item.get("id").and_then(Value::as_u64);
    let free: HashMap<u64, usize> = before
        .iter()
        .enumerate()
        .filter(|(index, _)| !taken.contains(index))
        .filter_map(|(index, item)| Some((id(item)?, index)))
        .collect();
    for (pair, item) in pairs.iter_mut().zip(after).filter(|(pair, _)| pair.is_none()) {
        *pair = id(item).and_then(|id| free.get(&id).copied());
    }
}

/// Objects that are small and belong together: they are replaced whole.
fn is_whole(place: &Place) -> bool {
    matches!(place.last(), Some(Step::Option(_) | Step::OptionDef(_)))
}

fn is_context(step: &Step) -> bool {
    matches!(step, Step::Key(key) if key == "user-context")
}

fn is_identity(place: &Place, key: &str) -> bool {
    key == NETWORK
        || place.last().is_some_and(|step| {
            step.renamed(key, &Value::from(u64::MAX)) != *step
                || step.renamed(key, &Value::from("\u{0}")) != *step
        })
}

/// The numbers of a longest rising subsequence.
fn longest_rise(numbers: &[usize]) -> HashSet<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    let number = |index: &usize| numbers.get(*index).copied().unwrap_or_default();
    for (index, value) in numbers.iter().enumerate() {
        let place = ends.partition_point(|end| number(end) < *value);
        previous.push(place.checked_sub(1).and_then(|place| ends.get(place).copied()));
        match ends.get_mut(place) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut rise = HashSet::new();
    let mut at = ends.last().copied();
    while let Some(index) = at {
        rise.insert(number(&index));
        at = previous.get(index).copied().flatten();
    }
    rise
}
