//! Carrying out an edit of a key.

use super::{
    Edit,
    apply::Bench,
    describe::subject,
    find::reach,
    flat::NETWORK,
    place::Step,
    printed::other_name,
    secret::revealed,
    stop::{Stop, differs, stop, taken_words},
};
use crate::config::inheritable;
use serde_json::Value;

impl Bench {
    pub(super) fn set_key(&mut self, edit: &Edit, parents: &[Step], key: &str) -> Result<(), Stop> {
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
        if let Some(key) = inheritable().find(|inherited| after.is_some() && *inherited == key) {
            self.set.push((edit.place.parent(), vec![key]));
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
    pub(super) fn carry_along(&mut self, old: &str, new: &str) {
        let subnets = self.flat.root.get_mut(self.family.subnet_key()).and_then(Value::as_array_mut);
        for name in subnets.into_iter().flatten().filter_map(|subnet| subnet.get_mut(NETWORK)) {
            if name == old {
                *name = new.into();
            }
        }
    }

    /// Whether a key says what the edit expects. One that a subnet inherits is both nothing and what is inherited, now
    /// and before all edits.
    pub(super) fn is_expected(&self, edit: &Edit, found: Option<&Value>) -> bool {
        let same = |value: Option<&Value>| self.identities.same(&edit.place, value, edit.before.as_ref());
        if same(found) {
            return true;
        }
        let (now, before) =
            (self.inherited(&edit.place, &self.flat.root), self.inherited(&edit.place, &self.start));
        let inherits = found == now.as_ref() && (now.is_some() || before.is_some());
        inherits && (edit.before.is_none() || same(before.as_ref()))
    }

    /// Refuses to give an object the identity of another one.
    pub(super) fn key_is_free(&self, edit: &Edit, parents: &[Step], key: &str) -> Result<(), Stop> {
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
}
