//! A new password, which can be looked at while it is typed.

use crate::ui::prose;
use leptos::prelude::*;

/// A field for a new password.
#[component]
pub(super) fn NewSecret(
    /// The input's id, unique on the page.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// What to type.
    hint: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it; empty: nothing.
    error: Signal<String>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let note = format!("{id}-note");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <span class="secret-input">
                <input
                    id=id
                    data-testid=id
                    class="input"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete="new-password"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=note.clone()
                    aria-invalid=move || (!error.with(String::is_empty)).to_string()
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                />
                <button type="button" class="btn" aria-pressed=move || shown.get().to_string() on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    "Show" <span class="sr">" the password"</span>
                </button>
            </span>
            <div id=note class="note">
                <p class="field-error" role="alert">{move || prose(&error.get())}</p>
                <p class="hint">{prose(hint)}</p>
            </div>
        </div>
    }
}
