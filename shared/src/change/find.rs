//! Finding one's way in a configuration while edits are carried out.

use super::{
    Edit,
    apply::Bench,
    describe::subject,
    identity::Identities,
    place::Step,
    stop::{GONE, Stop, stop},
};
use crate::config::items;
use serde_json::{Map, Value};

/// Lists with more items than this get an index.
const MANY: usize = 64;

impl Bench {
    /// The map or item that the steps lead to.
    pub(super) fn look(&self, steps: &[Step]) -> Result<&Value, Stop> {
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

    pub(super) fn item<'v>(&self, parent: &'v Value, step: &Step) -> Option<(usize, &'v Value)> {
        let list = self.identities.list(step)?;
        let items = parent.get(list)?.as_array()?;
        let index = if std::ptr::eq(parent, &self.flat.root) && items.len() > MANY {
            self.find_among_many(items, list, step)?
        } else {
            self.identities.find(items, list, step)?
        };
        items.get(index).map(|item| (index, item))
    }

    /// As [`Identities::find`], with an index of the list's identities: thousands of new subnets are each looked for.
    pub(super) fn find_among_many(&self, items: &[Value], list: &str, step: &Step) -> Option<usize> {
        if matches!(step, Step::Subnet(name) if name.prefix.is_empty()) {
            return self.identities.find(items, list, step);
        }
        let mut known = self.known.borrow_mut();
        let index = known.entry(list.to_owned()).or_insert_with(|| {
            let names = items.iter().enumerate().rev();
            names.filter_map(|(index, item)| Some((self.identities.of_item(list, item)?, index))).collect()
        });
        index.get(&self.identities.of_step(step)).copied()
    }

    /// Keeps the index of a long list right: an item at its end is added, after anything else it is made anew.
    pub(super) fn keep_index(&self, edit: &Edit, parents: &[Step], last: &Step) {
        let mut known = self.known.borrow_mut();
        if matches!(last, Step::Key(_)) {
            if edit.place_after() != edit.place {
                known.clear();
            }
            return;
        }
        let list = self.identities.list(last).unwrap_or_default();
        let is_last = edit.before.is_none() && edit.after.is_some() && edit.to.is_none();
        match known.get_mut(list) {
            Some(index) if parents.is_empty() && is_last => {
                let end = items(&self.flat.root, list).len().saturating_sub(1);
                index.entry(self.identities.of_step(last)).or_insert(end);
            }
            Some(_) if parents.is_empty() => drop(known.remove(list)),
            _ => {}
        }
    }

    pub(super) fn list_mut(
        &mut self,
        parents: &[Step],
        step: &Step,
        make: bool,
    ) -> Result<&mut Vec<Value>, Stop> {
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
    pub(super) fn sweep(&mut self, parents: &[Step]) {
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

/// The map that the steps lead to; maps of keys that are not there are made on the way when `make` says so.
pub(super) fn reach<'v>(
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
