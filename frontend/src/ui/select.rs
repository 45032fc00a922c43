//! A choice of several from a list that opens.

use leptos::prelude::*;

/// A label and the browser's own list.
#[component]
pub fn Select(
    /// The list's id, unique on the page.
    id: &'static str,
    /// What is chosen.
    label: &'static str,
    /// The choices: their value and their words.
    choices: Vec<(String, String)>,
    /// The value that is chosen.
    #[prop(into)]
    chosen: Signal<String>,
    /// Called with the value.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let option = move |(value, words): (String, String)| {
        let here = value.clone();
        view! { <option value=value selected=move || chosen.with(|chosen| *chosen == here)>{words}</option> }
    };
    view! {
        <span class="select">
            <label for=id>{label}</label>
            <select id=id data-testid=id class="input" on:change=move |event| on_choose.run(event_target_value(&event))>
                {choices.into_iter().map(option).collect_view()}
            </select>
        </span>
    }
}
