//! What the fields of a new subnet are drawn with.

use leptos::prelude::*;

/// One of several names, or none.
#[component]
pub fn Choice(
    /// The list's id, unique on the page.
    id: &'static str,
    /// The names.
    names: Vec<String>,
    /// What none of them is called.
    none: &'static str,
    /// The name that is chosen; empty: none.
    chosen: Memo<String>,
    /// Called with the name.
    on_choose: Callback<String>,
) -> impl IntoView {
    let option = move |name: String| {
        let (here, value) = (name.clone(), name.clone());
        view! { <option value=value selected=move || chosen.with(|chosen| *chosen == here)>{name}</option> }
    };
    view! {
        <select id=id data-testid=id class="input" on:change=move |event| on_choose.run(event_target_value(&event))>
            <option value="" selected=move || chosen.with(String::is_empty)>{none}</option>
            {names.into_iter().map(option).collect_view()}
        </select>
    }
}

/// A name, a control, and what there is to say about it.
#[component]
pub fn Line(
    /// The control's id, unique on the page.
    id: &'static str,
    /// The name.
    label: &'static str,
    /// What there is to say.
    #[prop(optional, into)]
    note: Option<ViewFn>,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="prop" data-testid="prop">
            <div class="prop-name"><label for=id>{label}</label></div>
            <div class="prop-value">{children()}</div>
            <div class="prop-note" id=format!("{id}-note") aria-live="polite">{move || note.as_ref().map(ViewFn::run)}</div>
        </div>
    }
}
