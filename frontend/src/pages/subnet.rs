//! One subnet: its pools, its parameters, its reservations and its leases. And the reservations that belong to none.

mod bar;
mod global;
mod head;
mod import;
mod leases;
mod pd_pools;
mod pool;
mod pools;
mod remove;
mod reservation;
mod reservations;

use super::param;
use crate::{
    components::{NotFound, SectionList, SectionTabs, open_section},
    forms::{
        desk::{Desk, OpenDesk},
        option_data::OptionsPanel,
        scope::ScopeFields,
    },
    routes::Route,
    ui::{Notice, Tone},
};
use global::Global;
use head::Head;
use leases::Leases;
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, ServerId},
    draft::join,
};
use pools::Pools;
use reservations::Reservations;

lazy_page!(subnet_page, show);

/// The page.
fn show() -> AnyView {
    let at = param(|route| match route {
        Route::Subnet(server, family, id) => Some((server.clone(), *family, Some(*id))),
        Route::GlobalReservations(server, family) => Some((server.clone(), *family, None)),
        _ => None,
    });
    view! {
        {move || match at.get() {
            Some((server, family, Some(id))) => view! { <Subnet server family id/> }.into_any(),
            Some((server, family, None)) => view! { <Global server family/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Subnet(server: ServerId, family: Family, id: u64) -> impl IntoView {
    let desk = RwSignal::new(None::<Desk>);
    let form = Callback::new(move |opened: Desk| {
        desk.set(Some(opened));
        view! { <Form desk=opened id/> }.into_any()
    });
    let query = ConfigurationQuery::with_subnet(id);
    view! {
        <Head server=server.clone() family id desk/>
        <OpenDesk server family query name=format!("subnet-{id}") form/>
    }
}

/// The sections of the page.
const TABS: SectionList = &[
    ("", "Pools"),
    ("properties", "Properties"),
    ("options", "Options"),
    ("reservations", "Reservations"),
    ("leases", "Leases"),
];

#[component]
fn Form(desk: Desk, id: u64) -> impl IntoView {
    let path = Memo::new(move |_| desk.draft.with(|draft| draft.subnet_at(id)));
    let content = move || match path.get() {
        Some(path) => view! { <Sections desk path id/> }.into_any(),
        None => view! { <Gone id/> }.into_any(),
    };
    view! { {content} }
}

/// The subnet was removed, here or elsewhere.
#[component]
fn Gone(id: u64) -> impl IntoView {
    view! {
        <div data-testid="gone">
            <Notice tone=Tone::Info title=format!("This daemon has no subnet with the ID {id}.")>
                <p>"It may have been removed. " <a href=Route::Networks.path()>"All subnets"</a></p>
            </Notice>
        </div>
    }
}

#[component]
fn Sections(desk: Desk, path: String, id: u64) -> impl IntoView {
    let tab = open_section();
    let (server, family) = desk.place();
    let route = Route::Subnet(server, family, id);
    let lists = |key| match key {
        "" => &["pools", "pd-pools"][..],
        "options" => &["option-data"],
        "reservations" => &["reservations"],
        _ => &[],
    };
    let of_count = path.clone();
    let count = Callback::new(move |key: &'static str| {
        desk.draft.with(|draft| lists(key).iter().map(|list| draft.items(&join(&of_count, list)).len()).sum())
    });
    let section = move || {
        let path = path.clone();
        match tab.get().as_str() {
            "properties" => {
                view! { <div class="overview" data-testid="properties"><ScopeFields desk path/></div> }
                    .into_any()
            }
            "options" => view! { <OptionsPanel desk path/> }.into_any(),
            "reservations" => view! { <Reservations desk path/> }.into_any(),
            "leases" => view! { <Leases desk path id/> }.into_any(),
            _ => view! { <Pools desk path/> }.into_any(),
        }
    };
    view! {
        <SectionTabs label="Subnet" sections=TABS route count/>
        {section}
    }
}
