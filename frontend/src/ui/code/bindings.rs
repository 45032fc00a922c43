//! The editor's JavaScript as Rust sees it.

use super::{EditorCalls, HoverText, Offer, TextChange};
use js_sys::{Array, JsString, Object, Promise, Reflect};
use leptos::prelude::Callable as _;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// A module with an editor.
    pub type EditorModule;
    #[wasm_bindgen(method, catch)]
    fn create(
        this: &EditorModule,
        host: &HtmlElement,
        options: &Object,
        calls: &Object,
    ) -> Result<JsEditor, JsValue>;

    /// An editor on the page.
    type JsEditor;
    #[wasm_bindgen(method)]
    fn text(this: &JsEditor) -> JsString;
    #[wasm_bindgen(method)]
    fn plain(this: &JsEditor) -> JsString;
    #[wasm_bindgen(method)]
    fn open(this: &JsEditor, text: &JsString);
    #[wasm_bindgen(method)]
    fn change(this: &JsEditor, changes: &Array);
    #[wasm_bindgen(method)]
    fn mark(this: &JsEditor, marks: &Array);
    #[wasm_bindgen(method)]
    fn reveal(this: &JsEditor, from: usize, to: usize);
    #[wasm_bindgen(method)]
    fn point(this: &JsEditor, from: usize, to: usize);
    #[wasm_bindgen(method)]
    fn focus(this: &JsEditor);
    #[wasm_bindgen(method)]
    fn destroy(this: &JsEditor);
}

/// How an editor is made.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// `configuration` or `expression`.
    pub language: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// Shown while it is empty.
    pub placeholder: &'static str,
    /// Whether it is a small one.
    pub compact: bool,
}

/// What a screen reader says about the editor after its name.
const HELP: &str = "Control and Space completes. F8 goes to the next problem, Control and full stop mends it. Tab \
                    indents: press Escape and then Tab to leave.";
/// The same for an editor in which Tab leaves.
const COMPACT_HELP: &str =
    "Control and Space completes. F8 goes to the next problem, Control and full stop mends it.";

/// An editor, gone from the page when this is dropped.
pub struct Editor {
    editor: JsEditor,
    /// What it calls: kept for as long as it lives.
    _calls: [JsValue; 5],
}

impl std::fmt::Debug for Editor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Editor")
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.editor.destroy();
    }
}

impl Editor {
    /// Puts an editor into `host`.
    ///
    /// # Errors
    /// When the module is none, or the browser lacks what it needs.
    pub fn create(
        module: &EditorModule,
        host: &HtmlElement,
        options: &Options,
        text: &JsString,
        calls: EditorCalls,
    ) -> Result<Self, JsValue> {
        let how = object([
            ("text", text.clone().into()),
            ("language", options.language.into()),
            ("label", options.label.into()),
            ("placeholder", options.placeholder.into()),
            ("compact", options.compact.into()),
            ("help", if options.compact { COMPACT_HELP } else { HELP }.into()),
        ]);
        let (complete, hover) = (calls.complete, calls.hover);
        let complete = move |place: usize, asked: bool| later(complete(place, asked), offer);
        let hover = move |place: usize| later(hover(place), hover_text);
        let calls = [
            Closure::<dyn Fn(Array)>::new(move |changes| {
                calls.changed.try_run(changes);
            })
            .into_js_value(),
            Closure::<dyn Fn(usize, usize)>::new(move |line, column| {
                calls.moved.try_run((line, column));
            })
            .into_js_value(),
            Closure::<dyn Fn(usize, bool) -> Promise>::new(complete).into_js_value(),
            Closure::<dyn Fn(usize) -> Promise>::new(hover).into_js_value(),
            Closure::<dyn Fn(web_sys::FileList)>::new(move |files| {
                calls.files.try_run(files);
            })
            .into_js_value(),
        ];
        let [changed, moved, complete, hover, files] = calls.clone();
        let told = object([
            ("changed", changed),
            ("moved", moved),
            ("complete", complete),
            ("hover", hover),
            ("files", files),
        ]);
        Ok(Self { editor: module.create(host, &how, &told)?, _calls: calls })
    }

    /// The whole text with the line breaks that it came with.
    pub fn text(&self) -> JsString {
        self.editor.text()
    }

    /// The whole text with plain line breaks, in which places count.
    pub fn plain(&self) -> JsString {
        self.editor.plain()
    }

    /// Replaces the text.
    pub fn open(&self, text: &JsString) {
        self.editor.open(text);
    }

    /// Changes the text in one step.
    pub fn change(&self, changes: &[TextChange]) {
        self.editor.change(&flat(changes));
    }

    /// Shows marks.
    pub fn mark(&self, marks: &Array) {
        self.editor.mark(marks);
    }

    /// Selects a place and brings it into view.
    pub fn reveal(&self, from: usize, to: usize) {
        self.editor.reveal(from, to);
    }

    /// Shows which place is meant.
    pub fn point(&self, from: usize, to: usize) {
        self.editor.point(from, to);
    }

    /// Gives it the keyboard.
    pub fn focus(&self) {
        self.editor.focus();
    }
}

fn object<const N: usize>(pairs: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}

fn flat(changes: &[TextChange]) -> Array {
    changes
        .iter()
        .flat_map(|(from, to, text)| [JsValue::from(*from), (*to).into(), text.as_str().into()])
        .collect()
}

fn offer(offer: Offer) -> JsValue {
    let items: Array = offer
        .items
        .iter()
        .map(|item| {
            object([
                ("label", item.label.as_str().into()),
                ("detail", item.detail.as_str().into()),
                ("insert", item.insert.as_str().into()),
            ])
        })
        .collect();
    object([("from", offer.from.into()), ("to", offer.to.into()), ("items", items.into())]).into()
}

fn hover_text(hover: HoverText) -> JsValue {
    object([("from", hover.from.into()), ("to", hover.to.into()), ("text", hover.text.as_str().into())])
        .into()
}

/// A promise of JavaScript's that never fails: what cannot be answered is null.
fn later<T: 'static>(answer: super::Later<T>, convert: fn(T) -> JsValue) -> Promise {
    future_to_promise(async move { Ok(answer.await.map_or(JsValue::NULL, convert)) })
}
