//! What a server's daemons say about themselves.

use super::server_param;
use crate::{
    browser,
    components::{DaemonCard, ErrorNotice, NotFound, ServerFrame, Tab},
    forms::partners::PartnerOffers,
    routes::Route,
    state::Fleet,
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{DaemonStatus, Origin, ServerId, ServerStatus},
};
use std::time::Duration;

const REFRESH: Duration = Duration::from_secs(10);

lazy_page!(server_page, server);

/// The page.
fn server() -> AnyView {
    let id = server_param();
    view! {
        {move || match id.get() {
            Some(id) => view! { <Overview id/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Overview(id: ServerId) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let loader = fleet.status(&id);
    let (asked, offered) = (id.clone(), id.clone());
    let ask = Callback::new(move |()| fleet.refresh(&asked));
    ask.run(());
    browser::every(REFRESH, move || {
        if browser::is_visible() {
            ask.run(());
        }
    });
    browser::on_visible(move || ask.run(()));
    browser::on_key(move |event| {
        if browser::is_shortcut(&event, "r") {
            ask.run(());
        }
    });
    let failure = move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry=ask/> });
    let known = Memo::new(move |_| loader.answer().with(Option::is_some));
    let waiting = Memo::new(move |_| !known.get() && loader.failure().with(Option::is_none));
    let content = move || {
        match (known.get(), waiting.get()) {
        (true, _) => view! { <Daemons status=loader.answer()/> }.into_any(),
        (false, false) => ().into_any(),
        (false, true) => view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Asking the server…"</span></div> }.into_any(),
    }
    };
    view! {
        <ServerFrame id tab=Tab::Overview>
            <div class="overview" data-testid="overview">{failure} <PartnerOffers id=offered/> {content}</div>
        </ServerFrame>
    }
}

#[component]
fn Daemons(status: RwSignal<Option<ServerStatus>>) -> impl IntoView {
    let families = Memo::new(move |_| status.with(|status| families(status.as_ref())));
    let server =
        Memo::new(move |_| status.with(|status| status.as_ref().map(|status| status.server.clone())));
    let card = move |family: Family| {
        let id = server.get_untracked()?.id;
        let find = move || {
            let found =
                |status: &ServerStatus| status.daemons.iter().find(|daemon| daemon.family == family).cloned();
            status.with(|status| status.as_ref().and_then(found))
        };
        let first = untrack(find)?;
        let daemon = Memo::new(move |before: Option<&DaemonStatus>| {
            find().unwrap_or_else(|| before.unwrap_or(&first).clone())
        });
        Some(view! { <DaemonCard id family daemon/> })
    };
    let cards = move || {
        let has = families.get();
        let all = Family::ALL.into_iter();
        all.map(|family| if has.contains(&family) { card(family).into_any() } else { absent(family) })
            .collect_view()
    };
    let edit = move || {
        server.get().filter(|server| server.origin == Origin::Inventory).map(|server| {
            view! { <a class="btn ghost" href=Route::EditServer(server.id).path()>{icon(Glyph::Edit)} "Edit server"</a> }
        })
    };
    view! {
        {cards}
        <p class="page-foot">{edit}</p>
    }
}

fn families(status: Option<&ServerStatus>) -> Vec<Family> {
    status.iter().flat_map(|status| &status.daemons).map(|daemon| daemon.family).collect()
}

fn absent(family: Family) -> AnyView {
    view! {
        <p class="absent-daemon" data-testid="absent-daemon">
            <strong>{format!("No {} daemon.", family.protocol())}</strong>
            {format!(" {} does not answer at this server's addresses. If it runs elsewhere on it, add its own address under Edit.", family.daemon())}
        </p>
    }
    .into_any()
}
