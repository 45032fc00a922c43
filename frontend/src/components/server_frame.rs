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
    /// Global parameters.
    Properties,
    /// Global options.
    Options,
    /// Option definitions.
    CustomOptions,
    /// Client classes.
    Classes,
    /// Its subnets.
    Networks,
    /// The whole configuration as text.
    Raw,
    /// What was done to it.
    History,
}

impl Tab {
    const ALL: [Self; 8] = [
        Self::Overview,
        Self::Properties,
        Self::Options,
        Self::CustomOptions,
        Self::Classes,
        Self::Networks,
        Self::Raw,
        Self::History,
    ];

    const fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Properties => "Properties",
            Self::Options => "Options",
            Self::CustomOptions => "Custom options",
            Self::Classes => "Client classes",
            Self::Networks => "Networks",
            Self::Raw => "Raw configuration",
            Self::History => "History",
        }
    }

    /// The tab's address: of one daemon where the tab is about one.
    fn route(self, id: ServerId, family: Family) -> Route {
        match self {
            Self::Overview => Route::Server(id),
            Self::Properties => Route::Properties(id, family),
            Self::Options => Route::Options(id, family),
            Self::CustomOptions => Route::CustomOptions(id, family),
            Self::Classes => Route::Classes(id, family),
            Self::Networks => Route::ServerNetworks(id),
            Self::Raw => Route::Raw(id, family),
            Self::History => Route::ServerHistory(id),
        }
    }

    const fn is_about_one_daemon(self) -> bool {
        !matches!(self, Self::Overview | Self::Networks | Self::History)
    }
}

/// The head of a server's page, and the tab's content below it.
#[component]
pub fn ServerFrame(
    /// Which server.
    id: ServerId,
    /// Which tab is open.
    tab: Tab,
    /// The daemon that the tab is about, where it is about one.
    #[prop(optional)]
    family: Option<Family>,
    /// The tab's content.
    children: Children,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let server = fleet.server(id.clone());
    let status = fleet.status(&id);
    let seen = id.clone();
    let state = Signal::derive(move || {
        let seen = fleet.view().answer().with(|view| {
            let status = view.as_ref()?.servers.iter().find(|status| status.server.id == seen)?;
            Some(status.state)
        });
        seen.or_else(|| status.answer().with(|status| status.as_ref().map(|status| status.state)))
    });
    // Without any answer, the page below says what failed.
    let failed = move || state.get().is_none() && status.failure().with(Option::is_some);
    let name = {
        let id = id.clone();
        move || server.get().map_or_else(|| id.to_string(), |server| server.name)
    };
    let titled = name.clone();
    Effect::new(move |_| {
        let what = match family {
            Some(family) => format!("{} {} · {}", family.protocol(), tab.title().to_lowercase(), titled()),
            None if tab == Tab::Overview => titled(),
            None => format!("{} · {}", tab.title(), titled()),
        };
        browser::set_title(&what);
    });
    let has =
        Memo::new(move |_| server.with(|server| Family::ALL.map(|family| has(server.as_ref(), family))));
    let shown = move || family.unwrap_or(if has.get() == [false, true] { Family::V6 } else { Family::V4 });
    let (of_tabs, of_switch) = (id.clone(), id.clone());
    let tabs = move || {
        let family = shown();
        Tab::ALL
            .map(|one| link(one.route(of_tabs.clone(), family), one.title(), one == tab))
            .into_iter()
            .collect_view()
    };
    let switch = move || {
        (tab.is_about_one_daemon() && family.is_some()).then(|| {
            let one = |(which, has): (Family, bool)| {
                family_link(tab.route(of_switch.clone(), which), which, family == Some(which), has)
            };
            let both = Family::ALL.into_iter().zip(has.get()).map(one).collect_view();
            view! { <nav class="switch" aria-label="Daemon">{both}</nav> }
        })
    };
    view! {
        <header class="page-head">
            <div class="crumbs">
                <a href=Route::Servers.path()>{icon(Glyph::Back)} "Servers"</a>
            </div>
            <div class="page-title">
                <h1>{name}</h1>
                {move || (!failed()).then(|| view! { <StateBadge state/> })}
                {switch}
            </div>
        </header>
        <nav class="tabs" aria-label="Server">{tabs}</nav>
        {children()}
    }
}

/// Whether a server has a daemon; yes while that is not known.
fn has(server: Option<&Server>, family: Family) -> bool {
    server.is_none_or(|server| server.channels.iter().any(|channel| channel.daemons.contains(&family)))
}

fn family_link(route: Route, family: Family, here: bool, has: bool) -> AnyView {
    if has {
        let current = here.then_some("page");
        return view! { <a href=route.path() aria-current=current data-testid=format!("switch-{family}")>{family.protocol()}</a> }.into_any();
    }
    let why = format!("This server has no {} daemon", family.protocol());
    view! { <span class="absent" title=why.clone()>{family.protocol()}<span class="sr">{why.clone()}</span></span> }.into_any()
}

fn link(route: Route, label: &'static str, here: bool) -> AnyView {
    view! { <a class="tab" href=route.path() aria-current=here.then_some("page")>{label}</a> }.into_any()
}
