//! The table that is being read, and what is wrong with its lines.

use crate::forms::desk::Desk;
use leptos::prelude::*;
use perch_engine::Finding;
use perch_shared::{
    change::Edit,
    draft::join,
    import::{Import, ImportLine},
};
use std::collections::BTreeMap;

/// What is being read. What is right in it stands in the desk's draft as long as the dialog is open, so that Kea's rules
/// are held against it like against everything else.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    desk: Desk,
    subnet: StoredValue<String>,
    /// What was changed before.
    before: StoredValue<Vec<Edit>>,
    /// The table's text.
    pub text: RwSignal<String>,
    /// The lines that are left out.
    pub left_out: RwSignal<Vec<usize>>,
    /// What the table says.
    pub import: RwSignal<Import>,
    /// What Kea would refuse, by the reservation's place in the list.
    refused: Memo<BTreeMap<usize, Finding>>,
}

impl Reading {
    /// Nothing is read yet.
    pub fn new(desk: Desk, subnet: String) -> Self {
        let list = join(&subnet, "reservations");
        let findings = desk.findings_in(list.clone());
        let refused = Memo::new(move |_| findings.with(|all| by_index(all, &list)));
        Self {
            desk,
            subnet: StoredValue::new(subnet),
            before: StoredValue::new(Vec::new()),
            text: RwSignal::new(String::new()),
            left_out: RwSignal::new(Vec::new()),
            import: RwSignal::new(Import::default()),
            refused,
        }
    }

    /// Begins anew.
    pub fn begin(self) {
        self.before.set_value(self.desk.edits.get_untracked());
        self.text.set(String::new());
        self.left_out.set(Vec::new());
        self.import.set(Import::default());
    }

    /// Reads another text.
    pub fn read(self, text: String) {
        self.left_out.set(Vec::new());
        self.text.set(text);
        self.carry_out();
    }

    /// Lays the table upon what was there before.
    pub fn carry_out(self) {
        let (text, left_out) = (self.text.get_untracked(), self.left_out.get_untracked());
        let mut import = Import::default();
        self.desk.update(|draft| {
            draft.discard();
            draft.carry_out(&self.before.get_value());
            import = Import::read(draft, &self.subnet.get_value(), &text, &left_out);
        });
        self.import.set(import);
    }

    /// Leaves everything as it was.
    pub fn cancel(self) {
        self.desk.update(|draft| {
            draft.discard();
            draft.carry_out(&self.before.get_value());
        });
    }

    /// The lines that cannot be carried out, each with the reason. Tracks.
    pub fn wrong(self) -> BTreeMap<usize, String> {
        self.import.with(|import| {
            self.refused.with(|refused| {
                let why = |line: &ImportLine| {
                    let why = match line.index.and_then(|index| refused.get(&index)) {
                        _ if !line.wrong.is_empty() => line.wrong.clone(),
                        Some(finding) => finding.message.clone(),
                        None => return None,
                    };
                    Some((line.line, why))
                };
                import.lines.iter().filter_map(why).collect()
            })
        })
    }
}

/// What Kea would refuse in each item of a list.
fn by_index(all: &[Finding], list: &str) -> BTreeMap<usize, Finding> {
    let mut found = BTreeMap::new();
    for one in all.iter().filter(|one| one.refused_by != [false, false]) {
        let inside = one.path.split_once(list).and_then(|(_, rest)| rest.strip_prefix('['));
        let index = inside.and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
        if let Some(index) = index {
            found.entry(index).or_insert_with(|| one.clone());
        }
    }
    found
}
