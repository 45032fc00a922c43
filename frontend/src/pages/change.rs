//! One change: what it did, how it went in each place, and the way back.

mod places;
mod undo;

use super::param;
use crate::{
    api::Api,
    browser,
    components::{Differences, ErrorNotice, NotFound, outcome_badge, who},
    routes::Route,
    state::{Fleet, Loader},
    ui::{Glyph, Notice, Select, Tone, duration, exact, icon, moment, prose},
};
use leptos::prelude::*;
use perch_shared::api::{ChangeId, ChangeQuery, ChangeView, Endpoint, GetChange, Kind, Later, Record};
use places::Places;
use undo::Undo;

lazy_page!(change_page, show);

/// The page.
fn show() -> AnyView {
    let id = param(|route| match route {
        Route::Change(id) => Some(id.clone()),
        _ => None,
    });
    view! {
        {move || match id.get() {
            Some(id) => view! { <Change id/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Change(id: ChangeId) -> impl IntoView {
    let api = expect_context::<Api>();
    let loader = Loader::<ChangeView>::default();
    let place = RwSignal::new(0_usize);
    let of = StoredValue::new(id.clone());
    let read = Callback::new(move |()| {
        let path = GetChange::path(&(of.get_value(),));
        let query = ChangeQuery { place: u64::try_from(place.get_untracked()).ok() };
        loader.run(async move { api.read::<GetChange>(path, &query).await });
    });
    Effect::new(move |_| {
        place.track();
        read.run(());
    });
    browser::set_title("Change");
    let record =
        Memo::new(move |_| loader.answer().with(|view| view.as_ref().map(|view| view.record.clone())));
    let head = move || {
        let record = record.get()?;
        let first = record.sentences.first().cloned().unwrap_or_else(|| record.id.to_string());
        browser::set_title(&first.replace('`', ""));
        Some(view! {
            <h1>{prose(&first)}</h1>
            {outcome_badge(record.outcome)}
        })
    };
    // The dialog must outlive what is read again once its change was made.
    let has_edits =
        Memo::new(move |_| record.with(|record| record.as_ref().is_some_and(|one| one.kind.has_edits())));
    let can =
        Signal::derive(move || loader.answer().with(|view| view.as_ref().is_some_and(|view| view.can_undo)));
    let undo = move || has_edits.get().then(|| view! { <Undo id=of.get_value() can on_done=read/> });
    let waiting = move || {
        (record.with(Option::is_none) && loader.failure().with(Option::is_none))
            .then(|| view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading the change…"</span></div> })
    };
    view! {
        <header class="page-head">
            <div class="crumbs"><a href=Route::History.path()>{icon(Glyph::Back)} "History"</a></div>
            <div class="page-title">{head}<div class="actions">{undo}</div></div>
        </header>
        {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry=read/> })}
        {waiting}
        {move || loader.answer().with(|view| view.as_ref().and_then(undone))}
        {move || record.get().map(|record| facts(&record))}
        {move || loader.answer().get().map(|view| view! { <Places view place/> })}
        {move || differences(loader, place)}
    }
}

/// That the change was undone, and by whom.
fn undone(view: &ChangeView) -> Option<AnyView> {
    let mut undone = view.later.iter().filter(|later| later.kind == Kind::Undo && later.outcome.is_applied());
    let Later { id, time, who: by, .. } = undone.next()?;
    let title = format!("Undone by {}", who(by));
    let (link, when) = (Route::Change(id.clone()).path(), moment(time));
    Some(view! { <div data-testid="undone"><Notice tone=Tone::Info title=title><p>{when}", "<a href=link>"see how"</a></p></Notice></div> }.into_any())
}

/// Who, when, why, and what it belongs to.
fn facts(record: &Record) -> AnyView {
    let rest = record.sentences.iter().skip(1).map(|sentence| view! { <li>{prose(sentence)}</li> });
    let rest: Vec<_> = rest.collect();
    let more = record.more;
    let sentences = (!rest.is_empty()).then(|| {
        view! {
            <ul class="change-sentences" data-testid="sentences">
                {rest.into_iter().collect_view()}
                {(more > 0).then(|| view! { <li class="muted">{format!("and {more} more")}</li> })}
            </ul>
        }
    });
    let comment = (!record.comment.is_empty()).then(|| {
        view! { <div><dt>"Comment"</dt><dd data-testid="comment">{record.comment.clone()}</dd></div> }
    });
    let of = record.of.clone().map(|of| {
        view! { <div><dt>"Belongs to"</dt><dd><a href=Route::Change(of.clone()).path()>{of.to_string()}</a></dd></div> }
    });
    view! {
        {sentences}
        <dl class="facts" data-testid="change-facts">
            <div><dt>"Who"</dt><dd>{who(&record.who)}</dd></div>
            <div><dt>"When"</dt><dd>{exact(&record.time)} " (" {moment(&record.time)} ")"</dd></div>
            <div><dt>"Took"</dt><dd>{took(record.duration_ms)}</dd></div>
            {comment}
            {of}
            <div><dt>"Id"</dt><dd><code>{record.id.to_string()}</code></dd></div>
        </dl>
    }
    .into_any()
}

fn took(milliseconds: u64) -> String {
    if milliseconds < 10_000 { format!("{milliseconds} ms") } else { duration(milliseconds / 1000) }
}

/// What it changed in the place that is chosen.
fn differences(loader: Loader<ChangeView>, place: RwSignal<usize>) -> Option<AnyView> {
    let fleet = expect_context::<Fleet>();
    let view = loader.answer().get().filter(|view| view.record.kind.has_edits())?;
    let places: Vec<(String, String)> = view
        .record
        .places
        .iter()
        .enumerate()
        .map(|(index, place)| (index.to_string(), fleet.name(&place.server)))
        .collect();
    let choose = (places.len() > 1).then(|| {
        let choose = Callback::new(move |choice: String| place.set(choice.parse().unwrap_or_default()));
        let chosen = Signal::derive(move || place.get().to_string());
        view! { <Select id="place" label="Where" choices=places chosen on_choose=choose/> }
    });
    let body = match view.differences {
        Some(differences) if differences.is_empty() => {
            view! { <p class="muted" data-testid="no-differences">"Nothing differs in this place."</p> }.into_any()
        }
        Some(differences) => view! { <Differences differences/> }.into_any(),
        None => view! {
            <p class="muted" data-testid="no-differences">"Perch has no copy of both sides: the change was not carried out here, or the copies were pruned."</p>
        }
        .into_any(),
    };
    let section = view! {
        <section class="change-section" aria-label="What it changed">
            <header class="section-head"><h2>"What it changed"</h2>{choose}</header>
            {body}
        </section>
    };
    Some(section.into_any())
}
