//! Unsaved changes outlive a reload of the tab: they are kept in the tab's own storage.

use super::{OptionsDraft, draft::Change};
use crate::browser;
use leptos::prelude::{GetValue, StoredValue, WithValue};
use perch_shared::{Family, api::ServerId, change::Edit};

/// Where one daemon's unsaved changes are kept.
#[derive(Debug, Clone, Copy)]
pub struct Keep(StoredValue<String>);

impl Keep {
    /// The place for one daemon.
    pub fn new(server: &ServerId, family: Family) -> Self {
        Self(StoredValue::new(key(server, family)))
    }

    /// What was kept; `None`: nothing, or nothing that can be read.
    pub fn read(self) -> Option<Change> {
        let text = browser::session_storage()?.get_item(&self.0.get_value()).ok()??;
        let (based_on, edits): (String, Vec<Edit>) = serde_json::from_str(&text).ok()?;
        (!edits.is_empty()).then_some(Change { based_on, edits })
    }

    /// Keeps the changes of a draft; without changes nothing is kept.
    pub fn write(self, draft: &OptionsDraft) {
        let Some(storage) = browser::session_storage() else { return };
        self.0.with_value(|key| {
            if draft.pending() == 0 {
                let _ = storage.remove_item(key);
                return;
            }
            let Change { based_on, edits } = draft.request();
            if let Ok(text) = serde_json::to_string(&(based_on, edits)) {
                let _ = storage.set_item(key, &text);
            }
        });
    }
}

/// Forgets a daemon's unsaved changes, for instance because Kea has them now.
pub fn forget(server: &ServerId, family: Family) {
    if let Some(storage) = browser::session_storage() {
        let _ = storage.remove_item(&key(server, family));
    }
}

fn key(server: &ServerId, family: Family) -> String {
    format!("perch-draft:{server}:{family}")
}
