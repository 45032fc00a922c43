//! The configurations that Perch kept of a daemon: compared, looked at, and brought back.

mod compare;

use super::daemon_param;
use crate::{
    api::Api,
    components::{ErrorNotice, NotFound, ServerFrame, Tab, who},
    routes::Route,
    state::{Fleet, Loader},
    ui::{exact, moment, prose},
};
use compare::Compare;
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{Endpoint, ListSnapshots, PageQuery, ServerId, SnapshotId, SnapshotLine, SnapshotPage},
};

lazy_page!(snapshots_page, show);

/// How many snapshots are read at once.
const PAGE: u64 = 200;

/// The page.
fn show() -> AnyView {
    let at = daemon_param();
    view! {
        {move || match at.get() {
            Some((id, family)) => view! {
                <ServerFrame id=id.clone() tab=Tab::History family><Snapshots id family/></ServerFrame>
            }
            .into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Snapshots(id: ServerId, family: Family) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let loader = Loader::<SnapshotPage>::default();
    let at = StoredValue::new((id.clone(), family));
    let read = Callback::new(move |()| {
        let query = PageQuery { before: None, limit: Some(PAGE) };
        loader.run(
            async move { api.read::<ListSnapshots>(ListSnapshots::path(&at.get_value()), &query).await },
        );
    });
    let hash = fleet.hash(id.clone(), family);
    Effect::new(move |_| {
        hash.track();
        read.run(());
    });
    let chosen = RwSignal::new(None::<SnapshotId>);
    let lines = move || {
        loader.answer().with(|page| {
            let page = page.as_ref()?;
            if page.snapshots.is_empty() {
                return Some(
                    view! { <div class="empty" data-testid="empty"><h2>"No snapshot yet"</h2><p>"Perch keeps a copy of the configuration before and after every change."</p></div> }
                        .into_any(),
                );
            }
            let running = hash.get();
            let rows = page.snapshots.iter().map(|one| line(one, running.as_deref(), chosen)).collect_view();
            Some(view! { <ol class="history-list" data-testid="snapshots">{rows}</ol> }.into_any())
        })
    };
    let waiting = move || {
        (loader.answer().with(Option::is_none) && loader.failure().with(Option::is_none))
            .then(|| view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading the snapshots…"</span></div> })
    };
    view! {
        <p class="list-bar"><a class="btn small" href=Route::ServerHistory(id.clone()).path()>"History"</a>
            <span class="muted">"Configurations of " <code>{family.daemon()}</code> " that Perch kept around changes, the latest first."</span>
        </p>
        {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry=read/> })}
        {waiting}
        <div class="snapshots">
            {lines}
            {move || chosen.get().map(|snapshot| view! { <Compare at=at.get_value() snapshot on_restored=read/> })}
        </div>
    }
}

fn line(one: &SnapshotLine, running: Option<&str>, chosen: RwSignal<Option<SnapshotId>>) -> AnyView {
    let is_now = one.hash.is_some() && one.hash.as_deref() == running;
    let side = if one.before { "Before" } else { "After" };
    let (here, pick) = (one.snapshot.clone(), one.snapshot.clone());
    let pressed = move || chosen.with(|chosen| chosen.as_ref() == Some(&here)).to_string();
    view! {
        <li class="history-entry" data-testid="snapshot">
            <span title=exact(&one.time)>{moment(&one.time)}</span>
            <div class="history-what">
                <p><strong>{side}": "</strong>{prose(&one.sentence)}</p>
                <p class="history-facts muted">
                    <span>{who(&one.who)}</span>
                    <a href=Route::Change(one.change.clone()).path()>"The change"</a>
                    {is_now.then(|| view! { <span class="chip" data-testid="is-running">"Kea runs this"</span> })}
                </p>
            </div>
            <button type="button" class="btn small" data-testid="compare" aria-pressed=pressed on:click=move |_| chosen.set(Some(pick.clone()))>"Compare"</button>
        </li>
    }
    .into_any()
}
