//! What a server's daemons say about themselves.

use super::server_param;
use crate::{
    browser,
    components::{DaemonCard, ErrorNotice, NotFound, ServerFrame, Tab},
    routes::Route,
    state::Fleet,
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use perch_shared::{
    Family,
    api::{Origin, ServerId, ServerStatus},
};
use std::time::Duration;

const REFRESH: Duration = Duration::from_secs(10);

/// The page.
#[derive(Debug)]
pub struct ServerPage;

#[lazy_route]
impl LazyRoute for ServerPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let id = server_param();
        view! {
            {move || match id.get() {
                Some(id) => view! { <Overview id/> }.into_any(),
                None => view! { <NotFound/> }.into_any(),
            }}
        }
        .into_any()
    }
}

#[component]
fn Overview(id: ServerId) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let loader = fleet.status(&id);
    browser::set_title(id.as_str());
    let asked = id.clone();
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
    let content = move || match (loader.answer().get(), loader.failure().get()) {
        (Some(status), failure) => view! {
            {failure.map(|failure| view! { <ErrorNotice failure retry=ask/> })}
            <Daemons status/>
        }
        .into_any(),
        (None, Some(failure)) => view! { <ErrorNotice failure retry=ask/> }.into_any(),
        (None, None) => view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Asking the server…"</span></div> }.into_any(),
    };
    view! {
        <ServerFrame id tab=Tab::Overview>
            <div class="overview" data-testid="overview">{content}</div>
        </ServerFrame>
    }
}

#[component]
fn Daemons(status: ServerStatus) -> impl IntoView {
    let ServerStatus { server, daemons, .. } = status;
    let missing = Family::ALL.into_iter().filter(|family| daemons.iter().all(|daemon| daemon.family != *family));
    let missing = missing
        .map(|family| {
            view! {
                <p class="absent-daemon" data-testid="absent-daemon">
                    <strong>{format!("No {} daemon.", family.protocol())}</strong>
                    {format!(" {} did not answer at this server's addresses when it was added. If it runs there, add its address under Edit.", family.daemon())}
                </p>
            }
        })
        .collect_view();
    let id = server.id.clone();
    let edit = (server.origin != Origin::Settings).then(|| {
        view! { <a class="btn ghost" href=Route::EditServer(server.id.clone()).path()>{icon(Glyph::Edit)} "Edit server"</a> }
    });
    view! {
        {daemons.into_iter().map(|daemon| view! { <DaemonCard id=id.clone() daemon/> }).collect_view()}
        {missing}
        <p class="page-foot">{edit}</p>
    }
}
