//! The pages on which a server is added, and its entry changed.

use super::server_param;
use crate::{
    browser,
    components::{ErrorNotice, NotFound},
    forms::server::{ServerEditor, ServerForm},
    routes::{Address, Route},
    state::Fleet,
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::api::ServerId;

lazy_page!(add_page, add);

/// The page for a new server.
fn add() -> AnyView {
    browser::set_title("Add server");
    let address = expect_context::<Address>();
    let [first, name] = ["address", "name"].map(|name| address.query(name).get_untracked());
    let begin = ServerForm::begun(first, name);
    view! {
        <Head title="Add server"/>
        <ServerEditor begin/>
    }
    .into_any()
}

lazy_page!(edit_page, edit);

/// The page for an entry that exists.
fn edit() -> AnyView {
    let id = server_param();
    browser::set_title("Edit server");
    view! {
        {move || match id.get() {
            Some(id) => view! { <Edit id/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Edit(id: ServerId) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let loader = fleet.servers();
    let server = fleet.server(id);
    let loaded = Memo::new(move |_| loader.answer().with(Option::is_some));
    let first =
        Memo::new(move |before: Option<&Option<_>>| before.cloned().flatten().or_else(|| server.get()));
    move || match (first.get(), loaded.get(), loader.failure().get()) {
        (Some(server), ..) => view! {
            <Head title="Edit server"/>
            <ServerEditor server=Some(server)/>
        }
        .into_any(),
        (None, true, _) => view! { <NotFound/> }.into_any(),
        (None, false, Some(failure)) => {
            view! { <ErrorNotice failure retry=Callback::new(move |()| fleet.reload())/> }.into_any()
        }
        _ => view! { <div class="skeleton" aria-busy="true"></div> }.into_any(),
    }
}

#[component]
fn Head(title: &'static str) -> impl IntoView {
    view! {
        <header class="page-head">
            <div class="crumbs"><a href=Route::Servers.path()>{icon(Glyph::Back)} "Servers"</a></div>
            <div class="page-title"><h1>{title}</h1></div>
        </header>
    }
}
