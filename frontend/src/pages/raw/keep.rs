//! Unsaved text outlives a reload of the tab, with the configuration that it began with.

use crate::browser;
use leptos::prelude::{StoredValue, WithValue};
use perch_shared::{
    Family,
    api::{ConfigurationView, ServerId},
};

/// The longest texts that are kept, in bytes: browsers give a page some five million characters.
const LONGEST: usize = 2_000_000;

/// Where the unsaved text of one daemon is kept.
#[derive(Debug, Clone, Copy)]
pub struct Keep(StoredValue<[String; 2]>);

impl Keep {
    /// The place.
    pub fn new(server: &ServerId, family: Family) -> Self {
        Self(StoredValue::new(["text", "base"].map(|what| format!("perch-raw:{server}:{family}:{what}"))))
    }

    /// The text, and what it began with; `None`: nothing was kept.
    pub fn read(self) -> Option<(String, ConfigurationView)> {
        let storage = browser::session_storage()?;
        let item = |key: &String| storage.get_item(key).ok().flatten();
        self.0.with_value(|[text, base]| Some((item(text)?, serde_json::from_str(&item(base)?).ok()?)))
    }

    /// Keeps both. What is too long is not kept.
    pub fn write(self, text: &str, base: &ConfigurationView) {
        let base_text = serde_json::to_string(base).unwrap_or_default();
        if text.len() + base_text.len() > LONGEST {
            return self.forget();
        }
        let Some(storage) = browser::session_storage() else { return };
        let kept = self.0.with_value(|[text_key, base_key]| {
            storage.set_item(base_key, &base_text).is_ok() && storage.set_item(text_key, text).is_ok()
        });
        if !kept {
            self.forget();
        }
    }

    /// Forgets both.
    pub fn forget(self) {
        let Some(storage) = browser::session_storage() else { return };
        self.0.with_value(|keys| {
            keys.iter().for_each(|key| {
                let _ = storage.remove_item(key);
            });
        });
    }
}
