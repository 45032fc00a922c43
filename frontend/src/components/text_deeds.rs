//! What can be done with the text of an editor: copying it, and keeping it as a file.

use crate::{browser, state::StatusLine, ui::EditorHandle};
use leptos::task::spawn_local;

/// Puts the text on the clipboard, and says so.
pub fn copy_text(editor: EditorHandle, said: StatusLine) {
    spawn_local(async move {
        let Some(text) = editor.text().and_then(|text| text.as_string()) else { return };
        let done = browser::copy(text).await;
        said.say(if done { "Copied" } else { "The browser does not allow copying here." });
    });
}

/// Has the browser keep the text as a file of this name.
pub fn download_text(editor: EditorHandle, name: &str) {
    if let Some(text) = editor.text().and_then(|text| text.as_string()) {
        browser::save_file(name, &text);
    }
}
