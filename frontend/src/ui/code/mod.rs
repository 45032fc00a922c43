//! A text editor for code: the page's own, loaded when first needed, or a plain text field where that cannot be.

mod bindings;
mod handle;

pub use handle::EditorHandle;

use crate::browser;
use bindings::{Editor, EditorModule, Options};
use leptos::{html, prelude::*, task::spawn_local};
use std::{pin::Pin, rc::Rc};
use wasm_bindgen::JsCast;

/// The module with the editor, and the one that stands in for it.
const MODULES: [&str; 2] = ["editor.js", "plain-editor.js"];

/// A change: from, to, and what comes there.
pub type TextChange = (usize, usize, String);

/// What the editor offers at a place: what it replaces, and with what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Offer {
    /// Where the replaced text begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What can be put there.
    pub items: Vec<OfferItem>,
}

/// One thing that the editor offers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfferItem {
    /// What is shown.
    pub label: String,
    /// What it is, in a few words.
    pub detail: String,
    /// What is put into the text.
    pub insert: String,
}

/// What is said when the pointer rests on a place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HoverText {
    /// Where the thing begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What is said about it.
    pub text: String,
}

/// A promise of an answer about a place of the text.
pub type Later<T> = Pin<Box<dyn Future<Output = Option<T>>>>;

/// What the editor asks and tells.
#[derive(Clone)]
pub struct EditorCalls {
    /// The text changed: a flat list `from, to, text, …` in the order of the text as it was.
    pub changed: Callback<js_sys::Array>,
    /// The cursor moved to this line and column, both from 1.
    pub moved: Callback<(usize, usize)>,
    /// What can be put at this place; the flag says that somebody asked for it.
    pub complete: Rc<dyn Fn(usize, bool) -> Later<Offer>>,
    /// What there is to say about this place.
    pub hover: Rc<dyn Fn(usize) -> Later<HoverText>>,
    /// Files were dropped.
    pub files: Callback<web_sys::FileList>,
}

/// The editor.
#[component]
pub fn CodeEditor(
    /// What the rest of the page does with it.
    handle: EditorHandle,
    /// `configuration` or `expression`.
    language: &'static str,
    /// What it is called.
    label: &'static str,
    /// Shown while it is empty.
    #[prop(optional)]
    placeholder: &'static str,
    /// Whether it is a small one: no line numbers, long lines are broken.
    #[prop(optional)]
    compact: bool,
    /// The text that it opens with.
    text: js_sys::JsString,
    /// What it asks and tells.
    calls: EditorCalls,
    /// What is said about places, in their order: for each a string of JSON with `place` (`from` and `to` in UTF-16
    /// units), `severity` (`error`, `warning`, `hint`), `message`, `help`, `code`, and `fix` (`title`, and `changes`
    /// with `from`, `to`, `text`). When this changes, it is about the text as it is.
    #[prop(into)]
    marks: Signal<js_sys::Array, LocalStorage>,
) -> impl IntoView {
    let host = NodeRef::<html::Div>::new();
    let state = RwSignal::new("loading");
    let text = StoredValue::new_local(text);
    host.on_load(move |host| {
        let host: web_sys::HtmlElement = host.unchecked_into();
        spawn_local(async move {
            let options = Options { language, label, placeholder, compact };
            let loaded = open(&host, options, text, calls).await;
            let how = if loaded.is_some() { "ready" } else { "failed" };
            if state.try_set(how).is_none()
                && let Some(editor) = loaded
            {
                handle.fill(editor);
                marks.with_untracked(|marks| handle.mark(marks));
            }
        });
    });
    Effect::new(move |_| marks.with(|marks| handle.mark(marks)));
    view! {
        <div class="code-editor" class:compact=compact data-state=move || state.get()>
            <div class="code-host" node_ref=host></div>
            {move || (state.get() == "loading").then(|| view! {
                <div class="code-waiting" aria-busy="true"><span class="sr">"The editor is loading…"</span></div>
            })}
            {move || (state.get() == "failed").then(|| view! {
                <p class="code-failed" role="alert">"The editor could not be loaded. Reload the page."</p>
            })}
        </div>
    }
}

/// Loads the editor, or what stands in for it, and puts it into its place.
async fn open(
    host: &web_sys::HtmlElement,
    options: Options,
    text: StoredValue<js_sys::JsString, LocalStorage>,
    calls: EditorCalls,
) -> Option<Editor> {
    for name in MODULES {
        let Ok(module) = browser::load_module(name).await else { continue };
        let module: EditorModule = module.unchecked_into();
        let text = text.try_get_value()?;
        match Editor::create(&module, host, &options, &text, calls.clone()) {
            Ok(editor) => return Some(editor),
            Err(error) => leptos::logging::error!("{name}: {error:?}"),
        }
    }
    None
}
