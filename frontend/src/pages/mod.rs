//! The pages: each fetches and arranges, and is loaded when somebody first goes there.

mod help;
mod options;
mod playground;
mod server;
mod server_form;
mod servers;
mod sign_in;

pub use sign_in::SignInGate;

use crate::{components::NotFound, routes::Route};
use leptos::prelude::*;
use leptos_router::{
    Lazy,
    components::{FlatRoutes, Redirect, Route as Page},
    hooks::use_params_map,
    path,
};
use perch_shared::api::ServerId;

/// All pages by address. What each address means is said in [`Route`].
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFound>
            <Page path=path!("/") view=home/>
            <Page path=path!("/servers") view={lazy::<servers::ServersPage>()}/>
            <Page path=path!("/servers/new") view={lazy::<server_form::AddPage>()}/>
            <Page path=path!("/servers/:id/edit") view={lazy::<server_form::EditPage>()}/>
            <Page path=path!("/servers/:id") view={lazy::<server::ServerPage>()}/>
            <Page path=path!("/servers/:id/options/:family") view={lazy::<options::OptionsPage>()}/>
            <Page path=path!("/playground/*rest") view={lazy::<playground::PlaygroundPage>()}/>
            <Page path=path!("/help/rules/*code") view={lazy::<playground::PlaygroundPage>()}/>
            <Page path=path!("/help") view={lazy::<help::HelpPage>()}/>
        </FlatRoutes>
    }
}

fn home() -> impl IntoView {
    view! { <Redirect path=Route::Servers.path()/> }
}

fn lazy<T>() -> Lazy<T> {
    Lazy::new()
}

/// The server that the address names; `None`: it cannot be one.
fn server_param() -> Memo<Option<ServerId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| ServerId::new(id).ok())))
}
