//! Carrying out an edit of an object: adding, replacing, removing and moving it.

use super::{
    Edit, Position,
    apply::Bench,
    place::{Place, Step},
    secret::revealed,
    stop::{GONE, Stop, differs, stop, taken_words},
};
use crate::config::inheritable;
use serde_json::Value;

impl Bench {
    pub(super) fn set_object(&mut self, edit: &Edit, parents: &[Step], step: &Step) -> Result<(), Stop> {
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
                if !self.says(&edit.place, found, before) {
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

    /// Whether an object says what the edit expects. A subnet that inherits says the same as one that has the
    /// inherited values printed into it.
    pub(super) fn says(&self, place: &Place, found: &Value, before: &Value) -> bool {
        if self.identities.same(place, Some(found), Some(before)) {
            return true;
        }
        let [Step::Subnet(_) | Step::SharedNetwork(_)] = place.steps.as_slice() else { return false };
        [&self.flat.root, &self.start].into_iter().any(|root| {
            let (found, before) = (self.filled(found, root), self.filled(before, root));
            self.identities.same(place, Some(&found), Some(&before))
        })
    }

    /// Notes the inherited keys that an object brings.
    pub(super) fn note_inherited(&mut self, place: &Place, after: &Value) {
        if let [Step::Subnet(_) | Step::SharedNetwork(_)] = place.steps.as_slice() {
            let keys = inheritable().filter(|key| after.get(key).is_some()).collect();
            self.set.push((place.clone(), keys));
        }
    }

    pub(super) fn insert(
        &mut self,
        edit: &Edit,
        parents: &[Step],
        step: &Step,
        after: Value,
    ) -> Result<(), Stop> {
        self.note_inherited(&edit.place, &after);
        let list = self.list_mut(parents, step, true)?;
        list.push(after);
        let last = list.len() - 1;
        self.seat(edit, parents, step, last)
    }

    pub(super) fn replace(
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
        self.note_inherited(&edit.place_after(), &after);
        if let Some(place) = self.list_mut(parents, step, false)?.get_mut(index) {
            *place = after;
        }
        self.seat(edit, parents, step, index)
    }

    pub(super) fn remove(&mut self, parents: &[Step], step: &Step, index: usize) -> Result<(), Stop> {
        let list = self.list_mut(parents, step, false)?;
        if index < list.len() {
            list.remove(index);
        }
        Ok(())
    }

    pub(super) fn reorder(&mut self, edit: &Edit, parents: &[Step], step: &Step) -> Result<(), Stop> {
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
    pub(super) fn seat(
        &mut self,
        edit: &Edit,
        parents: &[Step],
        step: &Step,
        index: usize,
    ) -> Result<(), Stop> {
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

    pub(super) fn anchor(&self, parent: &Value, step: &Step, anchor: &str) -> Option<usize> {
        let list = self.identities.list(step)?;
        let items = parent.get(list)?.as_array()?;
        items.iter().position(|item| self.identities.of_item(list, item).is_some_and(|id| id == anchor))
    }

    /// The item of a list that says what the edit expects: there may be several with one identity.
    pub(super) fn exact<'v>(
        &self,
        parent: &'v Value,
        step: &Step,
        edit: &Edit,
    ) -> Option<(usize, &'v Value)> {
        let list = self.identities.list(step)?;
        let (items, wanted) = (parent.get(list)?.as_array()?, self.identities.of_step(step));
        let before = edit.before.as_ref()?;
        items.iter().enumerate().find(|(_, item)| {
            self.identities.of_item(list, item).is_some_and(|id| id == wanted)
                && self.identities.same(&edit.place, Some(item), Some(before))
        })
    }

    /// Another subnet with the id of a new one.
    pub(super) fn clash<'v>(&self, parent: &'v Value, step: &Step) -> Option<&'v Value> {
        let Step::Subnet(name) = step else { return None };
        let id = Step::Subnet(super::SubnetName { prefix: String::new(), ..name.clone() });
        name.id.and_then(|_| self.item(parent, &id)).map(|(_, found)| found)
    }
}
