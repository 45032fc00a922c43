//! What needs attention now: the first page.

mod attention;
mod digest;
mod figures;
mod finding;
mod item;
mod missed;
mod once;
mod recent;

use crate::{
    api::Api,
    browser,
    components::ErrorNotice,
    forms::globals::read,
    routes::Route,
    state::{Fleet, Loader},
    ui::{Glyph, icon},
};
use attention::Attention;
use figures::Figures;
use leptos::prelude::*;
use perch_shared::api::{
    DaemonFindings, Endpoint, ExternalChange, FleetView, FullSubnet, GlobalClass, GlobalQuery, HistoryPage,
    HistoryQuery, ListExternalChanges, ListFindings, ListFullest, ListHistory, ListMissed, ListRecoveries,
    Missed, Recovery, Role,
};
use recent::Recent;
use std::time::Duration;

const REFRESH: Duration = Duration::from_secs(30);

/// How many records are asked for, of which those that changed something are shown.
const RECORDS: u64 = 30;

lazy_page!(overview_page, show);

/// The page.
fn show() -> AnyView {
    view! { <Overview/> }.into_any()
}

/// What the page shows besides the fleet.
#[derive(Debug, Clone, Copy, Default)]
struct News {
    missed: Loader<Vec<Missed>>,
    recoveries: Loader<Vec<Recovery>>,
    external: Loader<Vec<ExternalChange>>,
    fullest: Loader<Vec<FullSubnet>>,
    history: Loader<HistoryPage>,
    globals: Loader<Vec<GlobalClass>>,
    findings: Loader<Vec<DaemonFindings>>,
}

impl News {
    fn load(self, api: Api) {
        self.missed.run(async move { api.send::<ListMissed>(&(), &()).await });
        self.recoveries.run(async move { api.send::<ListRecoveries>(&(), &()).await });
        self.external.run(async move { api.send::<ListExternalChanges>(&(), &()).await });
        self.fullest.run(async move { api.send::<ListFullest>(&(), &()).await });
        self.findings.run(async move { api.send::<ListFindings>(&(), &()).await });
        self.globals.run(async move { read(api, &GlobalQuery::default()).await });
        let query = HistoryQuery { limit: Some(RECORDS), ..HistoryQuery::default() };
        self.history.run(async move { api.read::<ListHistory>(ListHistory::path(&()), &query).await });
    }
}

#[component]
fn Overview() -> impl IntoView {
    browser::set_title("Overview");
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let (news, loader) = (News::default(), fleet.view());
    // Whatever happens changes the fleet, too.
    Effect::new(move |_| {
        loader.answer().track();
        news.load(api);
    });
    let look = move || {
        fleet.look();
        news.load(api);
    };
    browser::every(REFRESH, move || {
        if browser::is_visible() {
            look();
        }
    });
    browser::on_visible(look);
    browser::on_key(move |event| {
        if browser::is_shortcut(&event, "r") {
            look();
        }
    });
    let retry = Callback::new(move |()| look());
    let has_servers = Memo::new(move |_| {
        loader.answer().with(|view| view.as_ref().map(|view: &FleetView| !view.servers.is_empty()))
    });
    let failure = move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry/> });
    let content = move || {
        match has_servers.get() {
        Some(true) => view! {
            <Figures news/>
            <Attention news/>
            <Recent news retry/>
        }
        .into_any(),
        Some(false) => view! { <Empty/> }.into_any(),
        None if loader.failure().with(Option::is_some) => ().into_any(),
        None => view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Looking at the servers…"</span></div> }.into_any(),
    }
    };
    view! {
        <header class="page-head"><div class="page-title"><h1>"Overview"</h1></div></header>
        <div class="overview" data-testid="fleet-overview">{failure} {content}</div>
    }
}

/// What this is, where there is no server yet.
#[component]
fn Empty() -> impl IntoView {
    let refused = expect_context::<Fleet>().lacks(Role::Administrator);
    let href = move || refused.get().is_none().then(|| Route::AddServer.path());
    view! {
        <section class="empty" data-testid="empty">
            <h2>"No servers yet"</h2>
            <p>"Perch shows and changes what your ISC Kea servers run: subnets, reservations, options and classes, checked as you type and applied to both partners of a pair or to neither."</p>
            <p>
                <a class="btn primary" href=href title=move || refused.get() aria-disabled=move || refused.get().map(|_| "true") data-testid="add-link">
                    {icon(Glyph::Add)} "Add server"
                </a>
            </p>
            <p class="hint">"It takes the address of a Kea Control Agent, or of a daemon's own control socket (Kea 3). To look around first, start " <code>"perch demo"</code> "."</p>
        </section>
    }
}
