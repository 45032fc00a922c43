//! An item of a list in a draft: a line, what is wrong with it, and the rest of it once it is opened.

use super::desk::{Desk, FieldFindings, field_id};
use crate::ui::{Glyph, icon};
use leptos::prelude::*;
use perch_shared::draft::join;

/// The item.
#[component]
pub fn Item(
    /// The desk.
    desk: Desk,
    /// The list's path.
    list: String,
    /// Its place in the list.
    index: usize,
    /// Which of the items is open.
    open: RwSignal<Option<usize>>,
    /// Its name for tests.
    testid: &'static str,
    /// What it is, such as `pool 3`.
    #[prop(into)]
    name: Signal<String>,
    /// The keys whose fields stand in the line, the first one first.
    keys: Vec<&'static str>,
    /// What stands in the line.
    line: AnyView,
    /// What is seen once it is open.
    #[prop(into)]
    more: ViewFn,
) -> impl IntoView {
    let path = format!("{list}[{index}]");
    let is_open = Memo::new(move |_| open.get() == Some(index));
    let place = path.clone();
    let changed = Memo::new(move |_| {
        desk.edits.with(|edits| !edits.is_empty() && desk.draft.with(|draft| draft.touches(edits, &place)))
    });
    let whole = desk.findings_in(path.clone());
    let wrong = move || whole.with(|all| all.iter().any(|one| one.refused_by != [false, false]));
    let note = keys.first().map(|key| format!("{}-note", field_id(&join(&path, key))));
    let removed = path.clone();
    let remove = move |_| {
        open.set(None);
        desk.update(|draft| draft.remove(&removed));
    };
    let findings = move || {
        if is_open.get() {
            let own =
                keys.iter().map(|key| view! { <FieldFindings desk path=join(&path, key)/> }).collect_view();
            view! { <FieldFindings desk path=path.clone()/> {own} }.into_any()
        } else {
            view! { <FieldFindings desk path=path.clone() within=true/> }.into_any()
        }
    };
    view! {
        <div class="item" class:open=is_open class:changed=changed class:wrong=wrong data-testid=testid data-index=index.to_string()>
            <div class="item-line">
                {line}
                <span class="item-actions">
                    <button
                        type="button"
                        class="btn ghost square"
                        data-testid=format!("open-{testid}")
                        aria-label=move || format!("More of {}", name.get())
                        aria-expanded=move || is_open.get().to_string()
                        on:click=move |_| open.update(|open| *open = if *open == Some(index) { None } else { Some(index) })
                    >
                        {icon(Glyph::Chevron)}
                    </button>
                    <button
                        type="button"
                        class="btn ghost square"
                        data-testid=format!("remove-{testid}")
                        aria-label=move || format!("Remove {}", name.get())
                        on:click=remove
                    >
                        {icon(Glyph::Trash)}
                    </button>
                </span>
            </div>
            <div class="item-note" id=note aria-live="polite">{findings}</div>
            {move || is_open.get().then(|| view! { <div class="item-more">{more.run()}</div> })}
        </div>
    }
}

/// A field in an item's line, whose label is for screen readers only.
#[component]
pub fn LineField(
    /// The field's path.
    path: String,
    /// What it is.
    #[prop(into)]
    label: String,
    /// The field.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="item-field">
            <label class="item-label" for=field_id(&path)>{label}</label>
            {children()}
        </div>
    }
}
