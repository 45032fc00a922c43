//! What the engine says about a draft while somebody types, by the paths of the fields.

use crate::state::Engine;
use leptos::prelude::*;
use perch_engine::{Finding, Settings, Subject};
use perch_shared::draft::Draft;
use std::collections::BTreeSet;

/// The engine over a draft.
#[derive(Debug, Clone, Copy)]
pub struct Live {
    engine: Engine,
    all: Memo<Vec<Finding>>,
    /// What is wrong with what Kea has already.
    known: RwSignal<Option<BTreeSet<Key>>>,
    root: StoredValue<&'static str>,
}

/// What tells findings apart: the rule, the path and the words.
type Key = (String, String, String);

impl Live {
    /// Starts the engine with what Kea has, and gives it every change after that.
    pub fn start(draft: RwSignal<Draft>) -> Self {
        let (version, family) = draft.with_untracked(|draft| (draft.version, draft.family()));
        let engine = Engine::start(Settings::new(Subject::Configuration, version));
        let found = engine.findings();
        let all = Memo::new(move |_| found.with(read));
        let live =
            Self { engine, all, known: RwSignal::new(None), root: StoredValue::new(family.root_key()) };
        draft.with_untracked(|draft| live.begin(draft));
        // The first report is about what Kea has; every other one about what shall be.
        Effect::new(move |_| {
            if engine.is_current().get() && live.known.with_untracked(Option::is_none) {
                live.known.set(Some(live.all.with_untracked(|all| all.iter().map(key).collect())));
                draft.with_untracked(|draft| live.open(draft));
            }
        });
        Effect::new(move |_| {
            draft.track();
            if live.known.with_untracked(Option::is_some) {
                draft.with_untracked(|draft| live.open(draft));
            }
        });
        live
    }

    /// Looks at what Kea has first.
    pub fn begin(self, draft: &Draft) {
        self.known.set(None);
        self.engine.open(&draft.text_before().into());
    }

    fn open(self, draft: &Draft) {
        self.engine.open(&draft.text().into());
    }

    /// What is wrong at a path.
    pub fn at(self, path: &str) -> Vec<Finding> {
        let path = self.whole(path);
        self.all.with(|all| all.iter().filter(|one| one.path == path).cloned().collect())
    }

    /// What is wrong at a path or below it.
    pub fn within(self, path: &str) -> Vec<Finding> {
        let path = self.whole(path);
        let inside = |one: &&Finding| {
            one.path.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.all.with(|all| all.iter().filter(inside).cloned().collect())
    }

    /// What is wrong only since the draft was changed.
    pub fn news(self) -> Vec<Finding> {
        self.known.with(|known| {
            let Some(known) = known else { return Vec::new() };
            self.all.with(|all| all.iter().filter(|one| !known.contains(&key(one))).cloned().collect())
        })
    }

    fn whole(self, path: &str) -> String {
        let root = self.root.get_value();
        if path.is_empty() { root.to_owned() } else { format!("{root}.{path}") }
    }
}

fn key(finding: &Finding) -> Key {
    (finding.code.clone(), finding.path.clone(), finding.message.clone())
}

fn read(all: &js_sys::Array) -> Vec<Finding> {
    let texts = all.iter().filter_map(|text| text.as_string());
    let mut found: Vec<Finding> = texts.filter_map(|text| serde_json::from_str(&text).ok()).collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.severity));
    found
}
