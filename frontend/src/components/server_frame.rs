//! What every page of one server begins with: its name, its state and the tabs.

use super::StateBadge;
use crate::{
    browser,
    routes::Route,
    state::Fleet,
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{Server, ServerId},
};

/// Which tab is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// What its daemons say about themselves.
    Overview,
    /// A daemon's global options.
    Options(Family),
}

/// The head of a server's page, and the tab's content below it.
#[component]
pub fn ServerFrame(
    /// Which server.
    id: ServerId,
    /// Which tab is open.
    tab: Tab,
    /// The tab's content.
    children: Children,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let server = fleet.server(id.clone());
    let status = fleet.status(&id);
    let state =
        Signal::derive(move || status.answer().with(|status| status.as_ref().map(|status| status.state)));
    // Without any answer, the page below says what failed.
    let failed = move || state.get().is_none() && status.failure().with(Option::is_some);
    let name = {
        let id = id.clone();
        move || server.get().map_or_else(|| id.to_string(), |server| server.name)
    };
    let titled = name.clone();
    Effect::new(move |_| match tab {
        Tab::Overview => browser::set_title(&titled()),
        Tab::Options(family) => browser::set_title(&format!("{} options · {}", family.protocol(), titled())),
    });
    let tabs = move || server.with(|server| Family::ALL.map(|family| has(server.as_ref(), family)));
    view! {
        <header class="page-head">
            <div class="crumbs">
                <a href=Route::Servers.path()>{icon(Glyph::Back)} "Servers"</a>
            </div>
            <div class="page-title">
                <h1>{name}</h1>
                {move || (!failed()).then(|| view! { <StateBadge state/> })}
            </div>
        </header>
        <nav class="tabs" aria-label="Server">
            {link(Route::Server(id.clone()), "Overview", tab == Tab::Overview)}
            {move || {
                Family::ALL
                    .into_iter()
                    .zip(tabs())
                    .map(|(family, has)| option_tab(&id, family, tab == Tab::Options(family), has))
                    .collect_view()
            }}
        </nav>
        {children()}
    }
}

/// Whether a server has a daemon; yes while that is not known.
fn has(server: Option<&Server>, family: Family) -> bool {
    server.is_none_or(|server| server.channels.iter().any(|channel| channel.daemons.contains(&family)))
}

fn option_tab(id: &ServerId, family: Family, here: bool, has: bool) -> AnyView {
    let label = match family {
        Family::V4 => "DHCPv4 options",
        Family::V6 => "DHCPv6 options",
    };
    if has {
        return link(Route::Options(id.clone(), family), label, here);
    }
    let why = format!("This server has no {} daemon", family.protocol());
    view! { <span class="tab absent" title=why.clone()>{label}<span class="sr">{why.clone()}</span></span> }
        .into_any()
}

fn link(route: Route, label: &'static str, here: bool) -> AnyView {
    view! { <a class="tab" href=route.path() aria-current=here.then_some("page")>{label}</a> }.into_any()
}
