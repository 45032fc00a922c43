//! Form fields: a label, an input, and what is said about it.

use leptos::prelude::*;

/// A line of text.
#[component]
pub fn TextField(
    /// The input's id, unique on the page.
    #[prop(into)]
    id: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is wrong with it; empty: nothing.
    #[prop(optional, into)]
    error: Signal<String>,
    /// What to type.
    #[prop(optional, into)]
    hint: String,
    /// An example, shown while it is empty.
    #[prop(optional)]
    placeholder: &'static str,
    /// Whether it is a password.
    #[prop(optional)]
    secret: bool,
) -> impl IntoView {
    let note = format!("{id}-note");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id.clone()
                data-testid=id
                class="input"
                type=if secret { "password" } else { "text" }
                autocomplete=if secret { "new-password" } else { "off" }
                autocapitalize="off"
                spellcheck="false"
                placeholder=placeholder
                aria-describedby=note.clone()
                aria-invalid=move || (!error.with(String::is_empty)).to_string()
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
            />
            <div id=note class="note">
                <p class="field-error" role="alert">{move || super::prose(&error.get())}</p>
                {(!hint.is_empty()).then(|| view! { <p class="hint">{super::prose(&hint)}</p> })}
            </div>
        </div>
    }
}

/// A checkbox.
#[component]
pub fn Check(
    /// What it is called.
    label: &'static str,
    /// What it means.
    hint: &'static str,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with every change.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=checked
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span>{label}<small>{hint}</small></span>
        </label>
    }
}

/// A choice of a few, side by side.
#[component]
pub fn Segments(
    /// What is chosen.
    label: &'static str,
    /// The group's name, unique on the page.
    #[prop(into)]
    name: String,
    /// The choices: their value and their word.
    choices: Vec<(&'static str, &'static str)>,
    /// The value that is chosen.
    #[prop(into)]
    chosen: Signal<&'static str>,
    /// Called with the value.
    #[prop(into)]
    on_choose: Callback<&'static str>,
) -> impl IntoView {
    let choice = move |(value, word): (&'static str, &'static str)| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name=name.clone()
                    value=value
                    data-testid=format!("{name}-{value}")
                    prop:checked=move || chosen.get() == value
                    on:change=move |_| on_choose.run(value)
                />
                <span>{word}</span>
            </label>
        }
    };
    view! { <div class="segments" role="radiogroup" aria-label=label>{choices.into_iter().map(choice).collect_view()}</div> }
}
