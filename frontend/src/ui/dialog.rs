//! A modal dialog: the browser's own, which keeps the focus inside and closes with Escape.

use super::{Glyph, icon};
use leptos::{html, prelude::*};

/// A dialog with a title. Its content exists only while it is open.
#[component]
pub fn Dialog(
    /// Whether it is open. Closing it with Escape or its button sets this to `false`.
    open: RwSignal<bool>,
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// Its name for tests, which it has while it is open.
    testid: &'static str,
    /// Whether it is wide.
    #[prop(optional)]
    wide: bool,
    /// Whether it must stay open for now.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// Its content.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
                let _ = dialog.focus();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // What was typed in it outlives being told once more that it is open.
    let is_open = Memo::new(move |_| open.get());
    let cancel = move |event: leptos::ev::Event| {
        if locked.get_untracked() {
            event.prevent_default();
        }
    };
    view! {
        <dialog
            node_ref=node
            class="dialog"
            class:wide=wide
            data-testid=move || open.get().then_some(testid)
            aria-label=move || title.get()
            tabindex="-1"
            on:cancel=cancel
            on:close=move |_| open.set(false)
        >
            <header class="dialog-head">
                <h2>{title}</h2>
                <button
                    type="button"
                    class="btn ghost square"
                    aria-label="Close"
                    disabled=locked
                    on:click=move |_| open.set(false)
                >
                    {icon(Glyph::Close)}
                </button>
            </header>
            {move || is_open.get().then(|| children())}
        </dialog>
    }
}
