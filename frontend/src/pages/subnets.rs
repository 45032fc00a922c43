//! Several subnets of one daemon, edited as one.

mod field;
mod head;
mod several;

use super::param;
use crate::{
    components::NotFound,
    forms::{
        desk::{Desk, OpenDesk},
        keys::{LIFETIMES, TIMERS},
    },
    routes::Route,
    ui::{Notice, Tone, counted},
};
use field::Common;
use head::Head;
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, Ids, ServerId},
};
use several::Several;

lazy_page!(subnets_page, show);

/// The page.
fn show() -> AnyView {
    let at = param(|route| match route {
        Route::Subnets(server, family, ids) => Some((server.clone(), *family, ids.clone())),
        _ => None,
    });
    view! {
        {move || match at.get() {
            Some((server, family, ids)) => view! { <Subnets server family ids/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Subnets(server: ServerId, family: Family, ids: Ids) -> impl IntoView {
    let desk = RwSignal::new(None::<Desk>);
    let wanted = ids.len();
    let form = Callback::new(move |opened: Desk| {
        desk.set(Some(opened));
        view! { <Form desk=opened wanted/> }.into_any()
    });
    let name = format!("subnets-{ids}");
    let query = ConfigurationQuery::with_subnets(ids);
    view! {
        <Head server=server.clone() family wanted desk/>
        <OpenDesk server family query name form/>
    }
}

/// What can be set for all of them. The classes and what they are called depend on the version.
#[component]
fn Form(desk: Desk, wanted: u64) -> impl IntoView {
    let objects = Memo::new(move |_| desk.draft.with(perch_shared::draft::Draft::subnets));
    let several = Several::new(desk, objects);
    let gone = move || {
        let gone = wanted.saturating_sub(objects.with(|all| all.len() as u64));
        (gone > 0).then(|| {
            let title =
                format!("{} of them are no longer there.", counted(u128::from(gone), "subnet", "subnets"));
            view! { <div data-testid="gone"><Notice tone=Tone::Info title/></div> }
        })
    };
    let classes = desk.draft.with_untracked(|draft| draft.classes_key());
    let groups: [(&str, Vec<&'static str>); 3] = [
        ("Lifetimes", LIFETIMES.to_vec()),
        ("Timers", TIMERS.to_vec()),
        ("Which clients", vec![classes, "relay.ip-addresses"]),
    ];
    let group = move |(title, keys): (&'static str, Vec<&'static str>)| {
        let rows = keys.into_iter().map(|key| view! { <Common several key/> }).collect_view();
        view! {
            <section class="props" aria-label=title>
                <header class="props-head"><h2>{title}</h2></header>
                {rows}
            </section>
        }
    };
    view! {
        {gone}
        <div class="overview" data-testid="several">{groups.map(group).into_iter().collect_view()}</div>
    }
}
