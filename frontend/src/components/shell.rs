//! What surrounds every page: the side bar, the banners, and the place for the page itself.

use super::{
    banners::Banners, palette::Palette, session::Signed, shortcuts::ShortcutsDialog,
    theme_switch::ThemeSwitch,
};
use crate::{
    browser,
    routes::{Address, Route},
    state::{Fleet, StatusLine},
    ui::{Glyph, icon},
};
use leptos::prelude::*;

/// The side bar, the banners, and the page.
#[component]
pub fn Shell(
    /// The page.
    children: Children,
) -> impl IntoView {
    let address = expect_context::<Address>();
    let (path, route) = (address.path(), address.route());
    Effect::new(move |before: Option<()>| {
        path.track();
        if before.is_some() {
            browser::focus("main");
        }
        // On a narrow screen the entries lie side by side, and the one of this page may be out of sight.
        request_animation_frame(|| browser::reveal_first(".side-nav [aria-current=page]"));
    });
    let (said, fleet) = (expect_context::<StatusLine>(), expect_context::<Fleet>());
    Effect::new(move |asked: Option<bool>| {
        let needed = route.with(|route| route.as_ref().is_none_or(Route::needs_perch));
        let asked = asked.unwrap_or(!browser::is_alone());
        if needed && !asked {
            fleet.reload();
        }
        asked || needed
    });
    let palette = RwSignal::new(false);
    view! {
        <button type="button" class="skip" on:click=|_| browser::focus("main")>"Skip to the page"</button>
        <div class="shell">
            <Sidebar route palette/>
            <div class="stage">
                <Banners/>
                <main id="main" tabindex="-1">{children()}</main>
            </div>
        </div>
        <ShortcutsDialog/>
        <Palette open=palette/>
        <div class="said" role="status" aria-live="polite" data-testid="status">{move || said.text()}</div>
    }
}

#[component]
fn Sidebar(route: Memo<Option<Route>>, palette: RwSignal<bool>) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let servers = fleet.servers().answer();
    let here =
        Memo::new(move |_| route.with(|route| route.as_ref().and_then(|route| route.server().cloned())));
    let shown = Memo::new(move |_| route.with(|route| route.as_ref().map(area)));
    let entry = move |to: Route, glyph: Glyph, name: &'static str| {
        let mine = area(&to);
        let current = move || (shown.get() == Some(mine)).then_some("page");
        view! { <a href=to.path() aria-current=current>{icon(glyph)}<span>{name}</span></a> }
    };
    let version = move || {
        fleet.about().answer().with(|about| about.as_ref().map(|about| format!("Perch {}", about.version)))
    };
    let list = move || {
        servers.with(|servers| {
            let shown = servers.iter().flatten().map(|server| {
                let id = server.id.clone();
                let (href, here) = (Route::Server(id.clone()).path(), move || {
                    here.with(|here| *here == Some(id.clone())).then_some("true")
                });
                view! { <li><a href=href aria-current=here>{server.name.clone()}</a></li> }
            });
            shown.collect_view()
        })
    };
    view! {
        <nav class="side" aria-label="Perch">
            <a class="brand" href=Route::Overview.path() aria-label="Perch: overview">{mark()}<span>"Perch"</span></a>
            <button type="button" class="side-find" data-testid="open-palette" aria-label="Go to… Ctrl K" aria-keyshortcuts="Control+K" on:click=move |_| palette.set(true)>
                {icon(Glyph::Search)}<span>"Go to…"</span><kbd>"Ctrl K"</kbd>
            </button>
            <div class="side-nav">
                {entry(Route::Overview, Glyph::Overview, "Overview")}
                {entry(Route::Networks, Glyph::Networks, "Networks")}
                {entry(Route::Reservations, Glyph::Reserved, "Reservations")}
                {entry(Route::Leases, Glyph::Lease, "Leases")}
                {entry(Route::Servers, Glyph::Servers, "Servers")}
                <ul class="side-servers" aria-label="Servers">{list}</ul>
                {entry(Route::Pairs, Glyph::Pair, "High availability")}
                {entry(Route::History, Glyph::History, "History")}
                {entry(Route::Playground, Glyph::Flask, "Playground")}
                {entry(Route::Users, Glyph::Users, "Users")}
                {entry(Route::Settings, Glyph::Settings, "Settings")}
                {entry(Route::Help, Glyph::Help, "Help")}
            </div>
            <Signed/>
            <div class="side-foot">
                <ThemeSwitch/>
                <small class="muted" data-testid="version">{version}</small>
            </div>
        </nav>
    }
}

/// The entry of the side bar that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Area {
    Overview,
    Networks,
    Reservations,
    Leases,
    Servers,
    Pairs,
    History,
    Playground,
    Users,
    Settings,
    Help,
    Nowhere,
}

fn area(route: &Route) -> Area {
    match route {
        Route::Overview => Area::Overview,
        Route::Networks
        | Route::AddSubnet
        | Route::Subnet(..)
        | Route::Subnets(..)
        | Route::AddNetwork
        | Route::Network(..) => Area::Networks,
        Route::Reservations | Route::GlobalReservations(..) => Area::Reservations,
        Route::Leases => Area::Leases,
        Route::Servers | Route::AddServer => Area::Servers,
        Route::Pairs | Route::SetUpPair | Route::Pair(_) => Area::Pairs,
        Route::History | Route::Change(_) => Area::History,
        Route::Playground | Route::Bench => Area::Playground,
        Route::Users => Area::Users,
        Route::Settings => Area::Settings,
        Route::Help | Route::Rules | Route::Rule(_) => Area::Help,
        // A server's own pages mark the server below.
        _ => Area::Nowhere,
    }
}

/// The brand mark: a kingfisher on its perch.
fn mark() -> impl IntoView {
    view! {
        <svg class="mark-logo" viewBox="0 0 24 24" aria-hidden="true">
            <path class="logo-body" d="M3 6.2 10.4 7.6C11 5.6 12.8 4.2 15 4.2c2.9 0 5 2.2 5 5 0 5.2-3.6 8.6-8.6 8.6L8.2 20l.6-3.4C9.4 13.4 10 10.6 10.2 9z"></path>
            <path class="logo-breast" d="M10.2 9.2c.2 4 2 6.8 5 7.6-1.2.7-2.5 1-3.8 1L8.2 20l.6-3.4C9.4 13.4 10 11 10.2 9.2z"></path>
            <circle class="logo-eye" cx="15.2" cy="8" r="1.1"></circle>
            <path class="logo-perch" d="M2.5 21.6h19"></path>
        </svg>
    }
}
