//! All subnets of all servers, or of one.

mod cells;
mod classes;
mod filter;
mod list;
mod menu;
mod order;
mod part;
mod remove;
mod rows;
mod saved;
mod search;
mod selection;
mod sources;
mod stale;

use crate::{
    browser,
    components::{ServerFrame, Tab},
    routes::{Address, Route},
    state::Fleet,
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use list::List;
use perch_shared::api::{Role, ServerId};

lazy_page!(networks_page, show);

/// The page.
fn show() -> AnyView {
    let route = expect_context::<Address>().route();
    let which = Memo::new(move |before: Option<&Which>| {
        let now = route.with(|route| match route {
            Some(Route::ServerNetworks(id)) => Some(Which::Of(id.clone())),
            Some(Route::Networks) => Some(Which::All),
            _ => None,
        });
        now.or_else(|| before.cloned()).unwrap_or(Which::All)
    });
    view! {
        {move || match which.get() {
            Which::All => view! { <Networks/> }.into_any(),
            Which::Of(id) => {
                view! { <ServerFrame id=id.clone() tab=Tab::Networks><List only=Some(id)/></ServerFrame> }.into_any()
            }
        }}
    }
    .into_any()
}

/// Whose subnets are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Which {
    All,
    Of(ServerId),
}

#[component]
fn Networks() -> impl IntoView {
    browser::set_title("Networks");
    view! {
        <header class="page-head">
            <div class="page-title">
                <h1>"Networks"</h1>
                <div class="actions"><CreateLinks only=None/></div>
            </div>
        </header>
        <List only=None/>
    }
}

/// The ways to the forms that create something, or why they are closed.
#[component]
fn CreateLinks(only: Option<ServerId>) -> impl IntoView {
    let refused = expect_context::<Fleet>().lacks(Role::Operator);
    let server = only.map(|id| id.to_string()).unwrap_or_default();
    let link = move |route: Route, label: &'static str, class: &'static str, testid: &'static str| {
        let refused = refused.get();
        let href = refused.is_none().then(|| route.with(&[("server", &server)]));
        let disabled = refused.map(|_| "true");
        view! {
            <a class=class href=href title=refused aria-disabled=disabled data-testid=testid>{icon(Glyph::Add)} {label}</a>
        }
    };
    let other = link.clone();
    view! {
        {move || other(Route::AddNetwork, "Create shared network", "btn", "create-network")}
        {move || link(Route::AddSubnet, "Create subnet", "btn primary", "create-subnet")}
    }
}
