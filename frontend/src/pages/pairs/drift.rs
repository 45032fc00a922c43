//! Where the configurations of two partners differ, and bringing them in line.

use super::{
    choice::{Choice, Name, Right},
    object::Object,
};
use crate::{
    api::{Api, Failure},
    components::ErrorNotice,
    forms::save::{SaveDialog, Saving},
    state::{Fleet, Loader, StatusLine},
    ui::{Glyph, icon},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    Family,
    api::{GetDrift, Role, ServerId},
    status::Drift,
};

/// How many objects are drawn at first, and with each wish for more.
const PAGE: usize = 50;

#[component]
pub fn DriftSection(family: Family, left: ServerId, right: ServerId) -> impl IntoView {
    let (api, fleet, said) =
        (expect_context::<Api>(), expect_context::<Fleet>(), expect_context::<StatusLine>());
    let loader = Loader::<Drift>::default();
    let params = StoredValue::new((family, left.clone(), right.clone()));
    let load = Callback::new(move |()| {
        let params = params.get_value();
        loader.run(async move { api.send::<GetDrift>(&params, &()).await });
    });
    let hashes = [fleet.hash(left.clone(), family), fleet.hash(right.clone(), family)];
    Effect::new(move |_| {
        hashes.iter().for_each(Track::track);
        load.run(());
    });
    let choice = Choice::new(family, left.clone(), right.clone());
    let done = Callback::new(move |_| {
        choice.chosen.set(Default::default());
        load.run(());
    });
    let saving = Saving::new(done, load);
    let failed = RwSignal::new(None::<Failure>);
    let begin = Callback::new(move |()| {
        failed.set(None);
        spawn_local(async move {
            match choice.proposal(api).await {
                Ok(None) => said.say("These objects are alike by now."),
                Ok(Some(proposal)) => saving.begin(proposal),
                Err(failure) => {
                    let _ = failed.try_set(Some(failure));
                }
            }
        });
    });
    let names = [left, right].map(|id| Signal::derive(move || fleet.name(&id)));
    let content =
        move || loader.answer().get().map(|drift| view! { <Objects drift choice names sides=params/> });
    let waiting = move || {
        (loader.answer().with(Option::is_none) && loader.failure().with(Option::is_none))
            .then(|| view! { <div class="skeleton" aria-busy="true"><span class="sr">"Comparing the configurations…"</span></div> })
    };
    view! {
        <section class="drift" aria-label="Configurations" data-testid="drift">
            <div class="section-head"><h2>"Configurations"</h2></div>
            {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry=load/> })}
            {move || failed.get().map(|failure| view! { <ErrorNotice failure/> })}
            {waiting}
            {content}
            <Bar choice names begin/>
        </section>
        <SaveDialog saving/>
    }
}

#[component]
fn Objects(
    drift: Drift,
    choice: Choice,
    names: [Signal<String>; 2],
    sides: StoredValue<(Family, ServerId, ServerId)>,
) -> impl IntoView {
    if drift.objects.is_empty() {
        return view! {
            <p class="calm" data-testid="no-drift">{icon(Glyph::Check)}"The two agree in everything that partners share. What each has for itself, such as interfaces, sockets, loggers and names, is not compared."</p>
        }
        .into_any();
    }
    let count = drift.objects.len() + drift.more;
    let adoptable: Vec<Name> = drift
        .objects
        .iter()
        .filter(|object| object.adoptable)
        .map(|object| (object.kind, object.name.clone()))
        .collect();
    let all = move |right: Option<Right>| {
        let adoptable = adoptable.clone();
        move |_| {
            choice.chosen.set(
                right
                    .into_iter()
                    .flat_map(|right| adoptable.iter().map(move |name| (name.clone(), right)))
                    .collect(),
            )
        }
    };
    let shown = RwSignal::new(PAGE);
    let objects = StoredValue::new(drift.objects);
    let list = move || {
        objects.with_value(|objects| {
            objects
                .iter()
                .take(shown.get())
                .cloned()
                .map(|object| view! { <Object object choice sides/> })
                .collect_view()
        })
    };
    let hidden = move || objects.with_value(Vec::len).saturating_sub(shown.get());
    let [left, right] = names;
    view! {
        <div class="drift-bar">
            <p data-testid="drift-count">{if count == 1 { "1 object differs.".to_owned() } else { format!("{count} objects differ.") }} " Choose for each which side is right."</p>
            <div class="actions">
                <button type="button" class="btn small" data-testid="all-left" on:click=all(Some(Right::Left))>{left}" is right in all"</button>
                <button type="button" class="btn small" data-testid="all-right" on:click=all(Some(Right::Right))>{right}" is right in all"</button>
                <button type="button" class="btn small ghost" on:click=all(None)>"Choose none"</button>
            </div>
        </div>
        <div class="drift-list">
            <div class="drift-head" aria-hidden="true"><span></span><span>{left}</span><span>{right}</span></div>
            {list}
        </div>
        {move || (hidden() > 0).then(|| view! {
            <button type="button" class="btn" on:click=move |_| shown.update(|shown| *shown += PAGE)>{format!("Show {} more", hidden().min(PAGE))}</button>
        })}
    }
    .into_any()
}

/// What would be done, and doing it.
#[component]
fn Bar(choice: Choice, names: [Signal<String>; 2], begin: Callback<()>) -> impl IntoView {
    let refused = expect_context::<Fleet>().lacks(Role::Operator);
    let shown = move || choice.chosen.with(|chosen| !chosen.is_empty());
    let [left, right] = names;
    let words = move || {
        let one = |count: usize, target: Signal<String>| {
            let what = if count == 1 { "1 object".to_owned() } else { format!("{count} objects") };
            (count > 0).then(|| format!("{what} on {}", target.get()))
        };
        let parts: Vec<String> =
            [one(choice.count(Right::Left), right), one(choice.count(Right::Right), left)]
                .into_iter()
                .flatten()
                .collect();
        format!("Changes {}.", parts.join(" and "))
    };
    view! {
        <div class="pending" class:shown=shown>
            <div class="bar-line">
                <p data-testid="drift-words">{words}</p>
                <button
                    type="button"
                    class="btn primary"
                    data-testid="bring-in-line"
                    title=move || refused.get()
                    disabled=move || refused.get().is_some()
                    on:click=move |_| begin.run(())
                >
                    "Bring in line…"
                </button>
            </div>
        </div>
    }
}
