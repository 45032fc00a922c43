//! A change that somebody wants to make: whom it is for, and what is to be changed there.

use crate::state::Fleet;
use perch_shared::{
    Family,
    api::{ChangeId, ChangeTarget, Conflict, Draft, DraftTarget, ServerId, SnapshotId},
    change::Edit,
    config::HIDDEN,
    draft::Collision,
    status::is_own,
};

/// A change that somebody wants to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Whom it is for. The first one is where somebody works; the others follow it, and may be left out.
    pub targets: Vec<ChangeTarget>,
    /// What to change.
    pub edits: Vec<Edit>,
    /// The change that it undoes.
    pub undoes: Option<ChangeId>,
    /// The snapshot that it brings back.
    pub restores: Option<SnapshotId>,
}

impl Proposal {
    /// A change of one daemon, and of its HA partners as far as Perch knows them; of the daemon alone where it changes
    /// what each partner has for itself.
    pub fn new(
        fleet: Fleet,
        server: &ServerId,
        family: Family,
        based_on: Option<String>,
        edits: Vec<Edit>,
    ) -> Self {
        let first = ChangeTarget { server: server.clone(), family, based_on, edits: Vec::new() };
        let alone = edits.iter().any(is_own);
        let partners = fleet.partners(server, family).into_iter().filter(|_| !alone);
        let others =
            partners.map(|server| ChangeTarget { server, family, based_on: None, edits: Vec::new() });
        Self { targets: std::iter::once(first).chain(others).collect(), edits, undoes: None, restores: None }
    }

    /// One change with edits of its own for each target.
    pub fn for_each(targets: Vec<ChangeTarget>) -> Self {
        Self { targets, edits: Vec::new(), undoes: None, restores: None }
    }

    /// The same change, in which more servers take part with edits of their own.
    #[must_use]
    pub fn with(self, others: Vec<ChangeTarget>) -> Self {
        let Self { targets, edits, undoes, restores } = self;
        if others.is_empty() {
            return Self { targets, edits, undoes, restores };
        }
        // What does not fit somewhere must not be taken for what does not fit here.
        let with_edits = |target: ChangeTarget| ChangeTarget { edits: edits.clone(), ..target };
        let targets = targets.into_iter().map(with_edits).chain(others).collect();
        Self { targets, edits: Vec::new(), undoes, restores }
    }

    /// What Perch proposes by itself to go back: to undo a change, or to restore a snapshot. One change, however many
    /// lists of edits it has.
    pub fn of_drafts(drafts: &[Draft], undoes: Option<ChangeId>, restores: Option<SnapshotId>) -> Self {
        let targets = drafts.iter().flat_map(|draft| {
            let target = |target: &DraftTarget| ChangeTarget {
                server: target.server.clone(),
                family: target.family,
                based_on: target.based_on.clone(),
                edits: if drafts.len() > 1 { draft.edits.clone() } else { Vec::new() },
            };
            draft.targets.iter().map(target)
        });
        let targets = targets.collect();
        let edits = if let [draft] = drafts { draft.edits.clone() } else { Vec::new() };
        Self { targets, edits, undoes, restores }
    }

    /// Whether it undoes a change or brings a snapshot back: nobody has typed it.
    pub(super) fn goes_back(&self) -> bool {
        self.undoes.is_some() || self.restores.is_some()
    }

    /// Whether there is nothing to change.
    pub(super) fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.targets.iter().all(|target| target.edits.is_empty())
    }

    /// The edits that do not fit, with what stands against each.
    pub(super) fn collisions(&self, conflicts: &[Conflict]) -> Vec<Collision> {
        let of = |conflict: &Conflict| {
            let edit = self.lists(conflict).next()?.get(conflict.index)?.clone();
            Some(Collision { edit, conflict: conflict.clone() })
        };
        conflicts.iter().filter_map(of).collect()
    }

    /// Insists on some edits and drops others, by what was chosen for each collision. Whoever has no edits left is none of
    /// the targets any more.
    pub(super) fn settle(&mut self, chosen: &[(Collision, bool)]) {
        let for_each = self.edits.is_empty();
        for (collision, _) in chosen.iter().filter(|(_, mine)| *mine) {
            for list in self.lists_mut(&collision.conflict) {
                if let Some(edit) = list.get_mut(collision.conflict.index) {
                    *edit = collision.insist();
                }
            }
        }
        // From the last on: the places of those before it stay what they were.
        let mut dropped: Vec<&Conflict> =
            chosen.iter().filter(|(_, mine)| !mine).map(|(collision, _)| &collision.conflict).collect();
        dropped.sort_by_key(|conflict| conflict.index);
        for conflict in dropped.into_iter().rev() {
            for list in self.lists_mut(conflict) {
                if conflict.index < list.len() {
                    list.remove(conflict.index);
                }
            }
        }
        if for_each {
            self.targets.retain(|target| !target.edits.is_empty());
        }
    }

    /// Drops the edits that want what Kea has by now, and says whether there were any.
    pub(super) fn leave_out_made(&mut self, conflicts: &[Conflict]) -> bool {
        let is_made = |one: &Collision| {
            let Conflict { found, wanted, .. } = &one.conflict;
            // Of two hidden secrets nobody knows here whether they are the same.
            found == wanted && !wanted.as_ref().is_some_and(|value| value.to_string().contains(HIDDEN))
        };
        let made: Vec<Collision> = self.collisions(conflicts).into_iter().filter(is_made).collect();
        self.settle(&made.iter().map(|collision| (collision.clone(), false)).collect::<Vec<_>>());
        !made.is_empty()
    }

    /// The lists that hold the edit of a conflict: that of its target, that of all targets, or the same one of each.
    fn lists<'a>(&'a self, conflict: &'a Conflict) -> impl Iterator<Item = &'a Vec<Edit>> {
        let common = (!self.edits.is_empty()).then_some(&self.edits);
        let own = self.targets.iter().filter(|_| self.edits.is_empty());
        common.into_iter().chain(own.filter(|target| is_its(target, conflict)).map(|target| &target.edits))
    }

    fn lists_mut<'a>(&'a mut self, conflict: &'a Conflict) -> impl Iterator<Item = &'a mut Vec<Edit>> {
        let for_each = self.edits.is_empty();
        let common = (!for_each).then_some(&mut self.edits);
        let own = self.targets.iter_mut().filter(move |target| for_each && is_its(target, conflict));
        common.into_iter().chain(own.map(|target| &mut target.edits))
    }
}

/// Whether a conflict is about a target's edits.
fn is_its(target: &ChangeTarget, conflict: &Conflict) -> bool {
    conflict
        .target
        .as_ref()
        .is_none_or(|(server, family)| (server, family) == (&target.server, &target.family))
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::change::Place;
    use serde_json::json;

    fn edit(key: &str) -> Edit {
        Edit::set(Place::root().key(key), Some(json!(1)), Some(json!(2)))
    }

    fn target(server: &str, keys: &[&str]) -> ChangeTarget {
        let edits = keys.iter().map(|key| edit(key)).collect();
        ChangeTarget { server: ServerId::new(server).unwrap(), family: Family::V4, based_on: None, edits }
    }

    fn conflict(index: usize, server: Option<&str>) -> Conflict {
        let target = server.map(|server| (ServerId::new(server).unwrap(), Family::V4));
        let (edit, place, why) = (String::new(), String::new(), String::new());
        let [expected, found, wanted] = [1, 3, 2].map(|value| Some(json!(value)));
        Conflict { index, target, edit, place, why, expected, found, wanted }
    }

    fn settled(proposal: &mut Proposal, conflicts: &[(Conflict, bool)]) {
        let all: Vec<Conflict> = conflicts.iter().map(|(conflict, _)| conflict.clone()).collect();
        let collisions = proposal.collisions(&all);
        assert_eq!(collisions.len(), all.len());
        let chosen: Vec<_> = collisions.into_iter().zip(conflicts.iter().map(|(_, mine)| *mine)).collect();
        proposal.settle(&chosen);
    }

    #[test]
    fn each_targets_own_edits_are_chosen_for() {
        let mut proposal = Proposal::for_each(vec![target("a", &["x", "y", "z"]), target("b", &["x", "z"])]);
        let chosen = [
            (conflict(0, Some("a")), true),
            (conflict(1, Some("a")), false),
            (conflict(1, Some("b")), false),
        ];
        settled(&mut proposal, &chosen);
        let insists = Edit { before: Some(json!(3)), ..edit("x") };
        assert_eq!(proposal.targets[0].edits, [insists, edit("z")]);
        assert_eq!(proposal.targets[1].edits, [edit("x")]);
    }

    #[test]
    fn the_edits_of_all_are_chosen_for_once() {
        let mut common = Proposal::for_each(vec![target("a", &[]), target("b", &[])]);
        common.edits = vec![edit("x"), edit("y")];
        settled(&mut common, &[(conflict(0, None), false)]);
        assert_eq!((common.edits.as_slice(), common.targets.len()), ([edit("y")].as_slice(), 2));
        let mut same = Proposal::for_each(vec![target("a", &["x"]), target("b", &["x"])]);
        settled(&mut same, &[(conflict(0, None), true)]);
        assert!(same.targets.iter().all(|target| target.edits[0].before == Some(json!(3))));
    }

    #[test]
    fn what_is_made_already_is_left_out() {
        let mut proposal = Proposal::for_each(vec![target("a", &["x", "y"]), target("b", &["x"])]);
        let made = |index, server| Conflict { found: Some(json!(2)), ..conflict(index, Some(server)) };
        assert!(!proposal.leave_out_made(&[conflict(0, Some("a"))]));
        assert!(proposal.leave_out_made(&[made(0, "a"), conflict(1, Some("a")), made(0, "b")]));
        assert_eq!(proposal.targets, [target("a", &["y"])]);
        let secret = Some(json!({"password": HIDDEN}));
        let hidden = Conflict { found: secret.clone(), wanted: secret, ..conflict(0, Some("a")) };
        assert!(!proposal.leave_out_made(&[hidden]));
    }

    #[test]
    fn whoever_has_no_edits_left_takes_no_part() {
        let mut proposal = Proposal::for_each(vec![target("a", &["x"]), target("b", &["y"])]);
        settled(&mut proposal, &[(conflict(0, Some("a")), false)]);
        assert_eq!(proposal.targets, [target("b", &["y"])]);
        settled(&mut proposal, &[(conflict(0, Some("b")), false)]);
        assert!(proposal.is_empty());
    }
}
