//! What the rest of the page does with an editor. Before the editor is there, and after it is gone, nothing happens.

use super::{TextChange, bindings::Editor};
use js_sys::{Array, JsString};
use leptos::prelude::*;

/// An editor, once it is there. It is gone from the page when the component is that made this handle.
#[derive(Debug, Clone, Copy)]
pub struct EditorHandle(StoredValue<Slot, LocalStorage>);

#[derive(Debug, Default)]
struct Slot {
    editor: Option<Editor>,
    /// The text that it shall open with, where somebody wished for another one before it was there.
    text: Option<JsString>,
}

impl Default for EditorHandle {
    fn default() -> Self {
        Self(StoredValue::new_local(Slot::default()))
    }
}

impl EditorHandle {
    pub(super) fn fill(self, editor: Editor) {
        let _ = self.0.try_update_value(|slot| {
            if let Some(text) = slot.text.take() {
                editor.open(&text);
            }
            slot.editor = Some(editor);
        });
    }

    pub(super) fn mark(self, marks: &Array) {
        self.with(|editor| editor.mark(marks));
    }

    /// The whole text with the line breaks that it came with.
    pub fn text(self) -> Option<JsString> {
        self.with(Editor::text)
    }

    /// The whole text with plain line breaks, in which places count.
    pub fn plain(self) -> Option<JsString> {
        self.with(Editor::plain)
    }

    /// Replaces the text and forgets its history; nobody is told of that.
    pub fn open(self, text: &JsString) {
        if self.with(|editor| editor.open(text)).is_none() {
            let _ = self.0.try_update_value(|slot| slot.text = Some(text.clone()));
        }
    }

    /// Changes the text in one step that can be undone.
    pub fn change(self, changes: &[TextChange]) {
        self.with(|editor| editor.change(changes));
    }

    /// Selects a place, brings it into view and the keyboard with it.
    pub fn reveal(self, from: usize, to: usize) {
        self.with(|editor| editor.reveal(from, to));
    }

    /// Shows which place is meant; an empty one: none.
    pub fn point(self, from: usize, to: usize) {
        self.with(|editor| editor.point(from, to));
    }

    /// Gives it the keyboard.
    pub fn focus(self) {
        self.with(Editor::focus);
    }

    fn with<T>(self, act: impl FnOnce(&Editor) -> T) -> Option<T> {
        self.0.try_with_value(|slot| slot.editor.as_ref().map(act)).flatten()
    }
}
