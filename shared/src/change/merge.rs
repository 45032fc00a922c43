//! Edits that meet what somebody else did meanwhile.

use super::{Edit, Place, apply::Bench, edits_within};
use crate::{api::Conflict, config::Config};

/// What became of a list of edits on a newer configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// The edits that apply to the newer configuration, in their order. What is there already is left out.
    pub edits: Vec<Edit>,
    /// The edits that collide with what somebody else did, with both sides; [`Conflict::index`] counts in the list
    /// that was given.
    pub conflicts: Vec<Conflict>,
}

/// Carries `mine`, which were made for `base`, over to `theirs`. Objects that are replaced as a whole are taken apart:
/// only the keys that both sides changed collide.
pub fn merge(base: &Config, mine: &[Edit], theirs: &Config) -> Merged {
    let (mut old, mut new) = (Bench::new(base), Bench::new(theirs));
    let mut merged = Merged::default();
    for (index, edit) in mine.iter().enumerate() {
        if let Err(conflict) = new.try_edit(index, edit) {
            merge_one(base, index, edit, *conflict, &mut new, &mut merged);
        } else {
            merged.edits.push(edit.clone());
        }
        // An edit that does not fit its own base either is told once, as a conflict.
        drop(old.try_edit(index, edit));
    }
    merged
}

fn merge_one(
    base: &Config,
    index: usize,
    edit: &Edit,
    conflict: Conflict,
    new: &mut Bench,
    merged: &mut Merged,
) {
    let (before, after) = (edit.before.as_ref(), edit.after.as_ref());
    if is_done(new, edit) {
        return;
    }
    let parts = match (before, after) {
        (Some(before), Some(after)) if before.is_object() && after.is_object() => {
            edits_within(base, &edit.place, Some(before), Some(after))
        }
        _ => Vec::new(),
    };
    if parts.len() < 2 {
        return merged.conflicts.push(conflict);
    }
    for part in parts {
        match new.try_edit(index, &part) {
            Ok(()) => merged.edits.push(part),
            Err(_) if is_done(new, &part) => {}
            Err(conflict) => merged.conflicts.push(*conflict),
        }
    }
}

/// Whether both sides did the same.
fn is_done(new: &Bench, edit: &Edit) -> bool {
    let place: Place = edit.place_after();
    let is_move = edit.before.is_none() && edit.after.is_none();
    !is_move && new.identities.same(&place, new.value_at(&place).as_ref(), edit.after.as_ref())
}
