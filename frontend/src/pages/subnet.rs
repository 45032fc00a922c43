//! One subnet: its pools, its parameters, its reservations and its leases.

mod bar;
mod head;
mod leases;
mod pd_pools;
mod pool;
mod pools;
mod remove;
mod reservation;
mod reservations;

use super::param;
use crate::{
    components::NotFound,
    forms::{
        desk::{Desk, OpenDesk},
        option_data::OptionsPanel,
        scope::ScopeFields,
    },
    routes::{Address, Route},
    ui::{Notice, Tone},
};
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
        Route::Subnet(server, family, id) => Some((server.clone(), *family, *id)),
        _ => None,
    });
    view! {
        {move || match at.get() {
            Some((server, family, id)) => view! { <Subnet server family id/> }.into_any(),
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

/// The sections of the page. What the address says behind `tab=` is which one is open.
const TABS: [(&str, &str); 5] = [
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
    let address = expect_context::<Address>();
    let tab = address.query("tab");
    let tab = Memo::new(move |_| tab.get());
    let (server, family) = desk.place();
    let route = Route::Subnet(server, family, id);
    let (pools, reserved) = (join(&path, "pools"), join(&path, "reservations"));
    let (pd_pools, options) = (join(&path, "pd-pools"), join(&path, "option-data"));
    let number = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let number = |list: &str| draft.items(list).len();
            [number(&pools) + number(&pd_pools), number(&options), number(&reserved)]
        })
    });
    let link = move |(key, title): (&'static str, &'static str)| {
        let count = move || match key {
            "" => number.get().first().copied(),
            "options" => number.get().get(1).copied(),
            "reservations" => number.get().last().copied(),
            _ => None,
        };
        view! {
            <a
                class="tab"
                href=route.with(&[("tab", key)])
                data-testid=format!("tab-{}", if key.is_empty() { "pools" } else { key })
                aria-current=move || (tab.get() == key).then_some("page")
            >
                {title}
                {move || count().filter(|count| *count > 0).map(|count| view! { <span class="tab-count">{count}</span> })}
            </a>
        }
    };
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
        <nav class="tabs" aria-label="Subnet">{TABS.map(link).into_iter().collect_view()}</nav>
        {section}
    }
}
