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
        self.0.with_value(|[text, base]| Some((browser::kept_text(text)?, browser::kept(base)?)))
    }

    /// Keeps both. What is too long is not kept.
    pub fn write(self, text: &str, base: &ConfigurationView) {
        let base_text = serde_json::to_string(base).unwrap_or_default();
        if text.len() + base_text.len() > LONGEST {
            return self.forget();
        }
        let kept = self.0.with_value(|[text_key, base_key]| {
            browser::keep_text(base_key, &base_text) && browser::keep_text(text_key, text)
        });
        if !kept {
            self.forget();
        }
    }

    /// Forgets both.
    pub fn forget(self) {
        self.0.with_value(|keys| keys.iter().for_each(|key| browser::forget_kept(key)));
    }
}
