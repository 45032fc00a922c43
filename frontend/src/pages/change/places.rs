//! How a change went in each place.

use crate::{
    components::{outcome_badge, phase_title},
    routes::Route,
    state::Fleet,
    ui::prose,
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ChangeId, ChangeView, Place},
};

/// The places with their steps.
#[component]
pub(super) fn Places(
    /// The change.
    view: ChangeView,
    /// The place whose difference is shown.
    place: RwSignal<usize>,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let steps = view.steps;
    let one = |(index, one): (usize, &Place)| {
        let mine = steps.iter().filter(|step| step.place == index);
        let steps: Vec<_> = mine
            .map(|step| {
                let text =
                    (!step.text.is_empty()).then(|| view! { <span class="muted">{step.text.clone()}</span> });
                view! { <li data-testid="step">{phase_title(step.phase)} " " {text}</li> }
            })
            .collect();
        let name = untrack(|| fleet.name(&one.server));
        let server = one.server.clone();
        let daemon = one.family.map(Family::daemon);
        let snapshots = one.family.map(|family| {
            view! { <a class="btn small" href=Route::Snapshots(server.clone(), family).path()>"Snapshots"</a> }
        });
        let text = (!one.text.is_empty()).then(|| view! { <p class="change-text">{prose(&one.text)}</p> });
        let steps = (!steps.is_empty()).then(|| {
            view! {
                <details class="change-steps">
                    <summary>"Steps"</summary>
                    <ol>{steps.into_iter().collect_view()}</ol>
                </details>
            }
        });
        view! {
            <li class="change-place" class:chosen=move || place.get() == index data-testid="place">
                <div class="change-place-head">
                    <a href=Route::Server(server.clone()).path()>{name}</a>
                    {daemon.map(|daemon| view! { <code>{daemon}</code> })}
                    {outcome_badge(one.outcome)}
                    {snapshots}
                </div>
                {text}
                {steps}
            </li>
        }
    };
    let places = view.record.places.iter().enumerate().map(one).collect_view();
    let later = (!view.later.is_empty()).then(|| {
        let one =
            |id: ChangeId| view! { <li><a href=Route::Change(id.clone()).path()>{id.to_string()}</a></li> };
        view! {
            <section class="change-section" aria-label="Later changes that belong to it" data-testid="later">
                <header class="section-head"><h2>"Later"</h2></header>
                <ul>{view.later.into_iter().map(one).collect_view()}</ul>
            </section>
        }
    });
    view! {
        <section class="change-section" aria-label="Where">
            <header class="section-head"><h2>"Where"</h2></header>
            <ul class="change-places">{places}</ul>
        </section>
        {later}
    }
}
