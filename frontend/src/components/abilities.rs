//! What Perch cannot do with a daemon, for want of which hook library.

use crate::ui::CopyButton;
use leptos::prelude::*;
use perch_shared::api::Ability;

/// The abilities whose hook library is not loaded, each with the entry that loads it.
#[component]
pub fn Abilities(
    /// All abilities.
    abilities: Vec<Ability>,
) -> impl IntoView {
    let missing: Vec<Ability> = abilities.into_iter().filter(|ability| !ability.loaded).collect();
    (!missing.is_empty()).then(|| {
        view! {
            <details class="abilities" data-testid="abilities">
                <summary>"What Perch cannot do here " <span class="chip">{missing.len()}</span></summary>
                <ul>{missing.into_iter().map(one).collect_view()}</ul>
            </details>
        }
    })
}

fn one(ability: Ability) -> impl IntoView {
    let Ability { hook, gives, available, snippet, .. } = ability;
    let how = if available {
        view! {
            <span class="snippet">
                <code>{snippet.clone()}</code>
                <CopyButton text=snippet label="Copy the hooks-libraries entry"/>
            </span>
        }
        .into_any()
    } else {
        view! { <p class="hint">"This Kea version does not ship it in its open-source packages."</p> }
            .into_any()
    };
    view! { <li><p>{gives} " " <span class="muted">"needs " <code>{hook}</code></span></p>{how}</li> }
}
