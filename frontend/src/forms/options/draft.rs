//! Unsaved changes of one daemon's global options: plain data, so that it can be tested without a browser.

use perch_shared::{
    api::{Conflict, OptionsView},
    change::{Edit, Place},
    option::OptionData,
};

/// One option: as Kea has it, and as somebody wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Tells entries apart as long as the draft lives.
    pub key: u32,
    /// As Kea has it; `None`: Kea does not have it yet.
    pub before: Option<OptionData>,
    /// As it shall be; `None`: it shall go.
    pub after: Option<OptionData>,
}

/// How an entry differs from what Kea has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does not.
    Same,
    /// It is new.
    New,
    /// It is changed.
    Changed,
    /// It is removed.
    Removed,
}

impl Entry {
    /// How it differs from what Kea has.
    pub fn standing(&self) -> Standing {
        match (&self.before, &self.after) {
            (None, _) => Standing::New,
            (Some(_), None) => Standing::Removed,
            (Some(before), Some(after)) if before == after => Standing::Same,
            _ => Standing::Changed,
        }
    }

    /// What is shown: as it shall be, or as it was when it shall go.
    pub fn shown(&self) -> Option<&OptionData> {
        self.after.as_ref().or(self.before.as_ref())
    }

    fn edit(&self) -> Option<Edit> {
        if self.before == self.after {
            return None;
        }
        Some(Edit::option(&Place::root(), self.before.as_ref(), self.after.as_ref()))
    }

    fn matches(&self, conflict: &Conflict) -> bool {
        let [expected, _, wanted] = conflict.options();
        self.before == expected && self.after == wanted
    }
}

/// The unsaved changes of one daemon's options.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The hash of the configuration that was seen.
    pub based_on: String,
    /// What to change.
    pub edits: Vec<Edit>,
}

/// The options of one daemon, with all unsaved changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OptionsDraft {
    based_on: String,
    entries: Vec<Entry>,
    next: u32,
}

impl OptionsDraft {
    /// What Kea has, without changes.
    pub fn new(view: &OptionsView) -> Self {
        let mut draft = Self { based_on: view.hash.clone(), entries: Vec::new(), next: 0 };
        let mut options: Vec<&OptionData> = view.options.iter().collect();
        options.sort_by(|a, b| (&a.space, a.code, &a.name).cmp(&(&b.space, b.code, &b.name)));
        for option in options {
            draft.push(Some(option.clone()), Some(option.clone()));
        }
        draft
    }

    /// What Kea has, with changes that were made to what it had earlier. A change whose object is another one by now
    /// stays as it is: the proxy will report the conflict.
    pub fn restore(view: &OptionsView, change: Change) -> Self {
        let mut draft = Self::new(view);
        if !change.edits.is_empty() {
            draft.based_on = change.based_on;
        }
        for edit in change.edits {
            draft.lay(edit.option_before(), edit.option_after());
        }
        draft
    }

    fn lay(&mut self, before: Option<OptionData>, after: Option<OptionData>) {
        let key = before.as_ref().and_then(|before| self.key_of(before));
        match key.and_then(|key| self.entries.iter_mut().find(|entry| entry.key == key)) {
            Some(entry) => {
                entry.before = before;
                entry.after = after;
            }
            None => {
                self.push(before, after);
            }
        }
    }

    fn key_of(&self, before: &OptionData) -> Option<u32> {
        let same = |option: &OptionData| option == before;
        let alike = |option: &OptionData| {
            (option.code, &option.name, &option.space) == (before.code, &before.name, &before.space)
        };
        let find = |test: &dyn Fn(&OptionData) -> bool| {
            self.entries.iter().find(|entry| entry.before.as_ref().is_some_and(test)).map(|entry| entry.key)
        };
        find(&same).or_else(|| find(&alike))
    }

    fn push(&mut self, before: Option<OptionData>, after: Option<OptionData>) -> u32 {
        let key = self.next;
        self.next += 1;
        self.entries.push(Entry { key, before, after });
        key
    }

    /// All entries, by space and code; new ones at the end.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One entry.
    pub fn entry(&self, key: u32) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The changes, as the proxy takes them and as the tab keeps them.
    pub fn request(&self) -> Change {
        Change {
            based_on: self.based_on.clone(),
            edits: self.entries.iter().filter_map(Entry::edit).collect(),
        }
    }

    /// How many changes there are.
    pub fn pending(&self) -> usize {
        self.entries.iter().filter(|entry| entry.standing() != Standing::Same).count()
    }

    /// Adds an option and gives back its key.
    pub fn add(&mut self, option: OptionData) -> u32 {
        self.push(None, Some(option))
    }

    /// Changes an option.
    pub fn change(&mut self, key: u32, change: impl FnOnce(&mut OptionData)) {
        if let Some(after) = self.entry_mut(key).and_then(|entry| entry.after.as_mut()) {
            change(after);
        }
    }

    /// Removes an option. One that Kea does not have yet is gone; any other can be taken back.
    pub fn remove(&mut self, key: u32) {
        if let Some(entry) = self.entry_mut(key) {
            entry.after = None;
        }
        self.entries.retain(|entry| entry.before.is_some() || entry.after.is_some());
    }

    /// Takes the changes of one option back.
    pub fn undo(&mut self, key: u32) {
        if let Some(entry) = self.entry_mut(key) {
            entry.after = entry.before.clone();
        }
        self.entries.retain(|entry| entry.after.is_some() || entry.before.is_some());
    }

    /// Takes all changes back.
    pub fn undo_all(&mut self) {
        for entry in &mut self.entries {
            entry.after = entry.before.clone();
        }
        self.entries.retain(|entry| entry.before.is_some());
    }

    /// Kea has all changes now.
    pub fn settle(&mut self, hash: Option<String>) {
        self.entries.retain(|entry| entry.after.is_some());
        for entry in &mut self.entries {
            entry.before = entry.after.clone();
        }
        self.based_on = hash.unwrap_or_else(|| std::mem::take(&mut self.based_on));
    }

    /// Gives way to what somebody else did.
    pub fn use_theirs(&mut self, conflict: &Conflict) {
        let [_, found, _] = conflict.options();
        for entry in self.entries.iter_mut().filter(|entry| entry.matches(conflict)) {
            entry.before = found.clone();
            entry.after.clone_from(&entry.before);
        }
        self.entries.retain(|entry| entry.before.is_some() || entry.after.is_some());
    }

    /// Insists on a change although somebody else changed the same object.
    pub fn keep_mine(&mut self, conflict: &Conflict) {
        let [_, found, _] = conflict.options();
        for entry in self.entries.iter_mut().filter(|entry| entry.matches(conflict)) {
            entry.before = found.clone();
        }
        self.entries.retain(|entry| entry.before.is_some() || entry.after.is_some());
    }

    fn entry_mut(&mut self, key: u32) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.key == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::{Family, KeaVersion};

    fn option(code: u16, data: &str) -> OptionData {
        OptionData { code: Some(code), data: data.into(), ..OptionData::default() }
    }

    fn view(options: Vec<OptionData>) -> OptionsView {
        let version = KeaVersion::new(3, 0, 4);
        OptionsView { family: Family::V4, version, hash: "A".into(), options, definitions: Vec::new() }
    }

    fn edit(before: Option<OptionData>, after: Option<OptionData>) -> Edit {
        Edit::option(&Place::root(), before.as_ref(), after.as_ref())
    }

    /// `a` was to become `mine`.
    fn conflict(found: Option<OptionData>) -> Conflict {
        let side = |option: Option<OptionData>| option.map(|option| serde_json::to_value(option).unwrap());
        Conflict {
            index: 0,
            edit: String::new(),
            place: String::new(),
            why: String::new(),
            expected: side(Some(option(3, "a"))),
            found: side(found),
            wanted: side(Some(option(3, "mine"))),
        }
    }

    fn standings(draft: &OptionsDraft) -> Vec<Standing> {
        draft.entries().iter().map(Entry::standing).collect()
    }

    #[test]
    fn changes_become_edits_and_can_be_taken_back() {
        let mut draft = OptionsDraft::new(&view(vec![option(3, "192.0.2.1"), option(6, "192.0.2.2")]));
        assert_eq!(draft.request().edits, []);
        draft.change(0, |option| option.data = "192.0.2.9".into());
        draft.remove(1);
        let new = draft.add(option(15, "example.org"));
        assert_eq!(standings(&draft), [Standing::Changed, Standing::Removed, Standing::New]);
        assert_eq!(
            draft.request().edits,
            [
                edit(Some(option(3, "192.0.2.1")), Some(option(3, "192.0.2.9"))),
                edit(Some(option(6, "192.0.2.2")), None),
                edit(None, Some(option(15, "example.org"))),
            ]
        );
        draft.undo(0);
        draft.undo(1);
        draft.undo(new);
        assert_eq!(
            draft,
            OptionsDraft {
                next: 3,
                ..OptionsDraft::new(&view(vec![option(3, "192.0.2.1"), option(6, "192.0.2.2")]))
            }
        );
    }

    #[test]
    fn what_kea_has_is_no_change_any_more() {
        let mut draft = OptionsDraft::new(&view(vec![option(3, "a"), option(6, "b")]));
        draft.change(0, |option| option.data = "c".into());
        draft.remove(1);
        draft.add(option(15, "d"));
        draft.settle(Some("B".into()));
        assert_eq!(standings(&draft), [Standing::Same, Standing::Same]);
        assert_eq!(draft.request(), Change { based_on: "B".into(), edits: Vec::new() });
    }

    #[test]
    fn all_changes_are_taken_back_at_once() {
        let kea = view(vec![option(3, "a"), option(6, "b")]);
        let mut draft = OptionsDraft::new(&kea);
        draft.change(0, |option| option.data = "c".into());
        draft.remove(1);
        draft.add(option(15, "d"));
        draft.undo_all();
        assert_eq!(draft.entries(), OptionsDraft::new(&kea).entries());
    }

    #[test]
    fn typing_the_old_value_again_is_no_change() {
        let mut draft = OptionsDraft::new(&view(vec![option(3, "a")]));
        draft.change(0, |option| option.data = "b".into());
        draft.change(0, |option| option.data = "a".into());
        assert_eq!(draft.pending(), 0);
    }

    #[test]
    fn what_was_kept_is_restored() {
        let kea = view(vec![option(3, "a"), option(6, "b")]);
        let mut draft = OptionsDraft::new(&kea);
        draft.change(0, |option| option.data = "typed".into());
        draft.remove(1);
        draft.add(option(15, ""));
        let restored = OptionsDraft::restore(&kea, draft.request());
        assert_eq!(restored, draft);
    }

    #[test]
    fn a_restored_change_keeps_what_it_expected() {
        let mut draft = OptionsDraft::new(&view(vec![option(3, "a")]));
        draft.change(0, |option| option.data = "mine".into());
        let request = draft.request();
        let restored = OptionsDraft::restore(&view(vec![option(3, "theirs")]), request.clone());
        assert_eq!(restored.entries().len(), 1);
        assert_eq!(restored.request(), request);
    }

    #[test]
    fn a_conflict_is_settled_either_way() {
        let mut draft = OptionsDraft::new(&view(vec![option(3, "a")]));
        draft.change(0, |option| option.data = "mine".into());
        let conflict = conflict(Some(option(3, "theirs")));
        let mut theirs = draft.clone();
        theirs.use_theirs(&conflict);
        assert_eq!(theirs.request().edits, []);
        draft.keep_mine(&conflict);
        let expected = edit(Some(option(3, "theirs")), Some(option(3, "mine")));
        assert_eq!(draft.request().edits, [expected]);
    }

    #[test]
    fn a_conflict_over_a_removed_option_is_settled_either_way() {
        let mut draft = OptionsDraft::new(&view(vec![option(3, "a")]));
        draft.change(0, |option| option.data = "mine".into());
        let conflict = conflict(None);
        let mut theirs = draft.clone();
        theirs.use_theirs(&conflict);
        assert_eq!(theirs.entries(), []);
        draft.keep_mine(&conflict);
        assert_eq!(draft.request().edits, [edit(None, Some(option(3, "mine")))]);
    }
}
