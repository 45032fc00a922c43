//! Unsaved changes outlive a reload of the tab: they are kept in the tab's own storage.

use crate::browser;
use leptos::prelude::{StoredValue, WithValue};
use perch_shared::{Family, api::ServerId, change::Edit};

/// Where the unsaved changes of one form are kept.
#[derive(Debug, Clone, Copy)]
pub struct Keep(StoredValue<String>);

impl Keep {
    /// The place of one form.
    pub fn new(server: &ServerId, family: Family, name: &str) -> Self {
        Self(StoredValue::new(format!("perch-draft:{server}:{family}:{name}")))
    }

    /// What was kept; nothing where that cannot be read.
    pub fn read(self) -> Vec<Edit> {
        self.0.with_value(|key| browser::kept(key)).unwrap_or_default()
    }

    /// Keeps the changes; without changes nothing is kept.
    pub fn write(self, edits: &[Edit]) {
        if edits.is_empty() {
            return self.forget();
        }
        self.0.with_value(|key| browser::keep(key, &edits));
    }

    /// Forgets them, for instance because Kea has them now.
    pub fn forget(self) {
        self.0.with_value(|key| browser::forget_kept(key));
    }
}
