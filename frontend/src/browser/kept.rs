//! What the tab keeps for as long as it lives, reloads included: unsaved work. Whoever keeps something leaves out what
//! must not lie there, such as the password to a server.

use serde::de::DeserializeOwned;
use web_sys::Storage;

fn storage() -> Option<Storage> {
    leptos::prelude::window().session_storage().ok().flatten()
}

/// The text that was kept; `None`: nothing was, or the browser forbids it.
pub fn kept_text(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a text, and says whether the browser did.
pub fn keep_text(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// What was kept, where it can still be read.
pub fn kept<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_str(&kept_text(key)?).ok()
}

/// Keeps something.
pub fn keep<T: serde::Serialize>(key: &str, what: &T) {
    if let Ok(text) = serde_json::to_string(what) {
        keep_text(key, &text);
    }
}

/// What became of a form that begins like this; `None`: nothing was kept, or the form begins otherwise by now.
pub fn kept_of<T: DeserializeOwned + PartialEq>(key: &str, begin: &T) -> Option<T> {
    let (from, now): (T, T) = kept(key)?;
    (from == *begin).then_some(now)
}

/// Keeps what became of a form; nothing where it is as it began.
pub fn keep_of<T: serde::Serialize + PartialEq>(key: &str, begin: &T, now: &T) {
    if now == begin { forget_kept(key) } else { keep(key, &(begin, now)) }
}

/// Forgets what was kept.
pub fn forget_kept(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}
