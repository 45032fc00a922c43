//! How a change went in each place.

use crate::{
    components::{outcome_badge, phase_title, who},
    routes::Route,
    state::Fleet,
    ui::{moment, prose},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ChangeView, Kind, Later, Place},
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
                    (!step.text.is_empty()).then(|| view! { <span class="muted">{prose(&step.text)}</span> });
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
        let one = |later: Later| {
            let words = later_words(later.kind);
            let link = Route::Change(later.id).path();
            view! {
                <li>
                    <a href=link>{words}</a>
                    <span class="muted">{who(&later.who)}", "{moment(&later.time)}</span>
                    {outcome_badge(later.outcome)}
                </li>
            }
        };
        view! {
            <section class="change-section" aria-label="Later changes that belong to it" data-testid="later">
                <header class="section-head"><h2>"Later"</h2></header>
                <ul class="change-later">{view.later.into_iter().map(one).collect_view()}</ul>
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

/// What a later change was for this one.
const fn later_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Undo => "Undone",
        Kind::CatchUp => "Caught up with what was missed",
        Kind::Recovery => "Brought to its end after a restart of Perch",
        _ => "A change that belongs to it",
    }
}
