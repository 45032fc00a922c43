//! The pages: each fetches and arranges, and is loaded when somebody first goes there.

/// Makes a page a part of the module by itself, `NAME_page`, that is loaded when somebody first goes there.
macro_rules! lazy_page {
    ($part:ident, $view:path) => {
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible)]
        pub(super) fn $part() -> Result<crate::pages::MakePage, leptos::wasm_split::SplitLoaderError> {
            Ok($view)
        }
    };
}

mod help;
mod options;
mod playground;
mod server;
mod server_form;
mod servers;
mod sign_in;

pub use sign_in::SignInGate;

use crate::{
    browser,
    components::NotFound,
    routes::{Address, Route},
    ui::{Notice, Tone},
};
use leptos::{prelude::*, task::spawn_local, wasm_split::SplitLoaderError};
use perch_shared::api::ServerId;

/// Draws a page.
type MakePage = fn() -> AnyView;

/// The parts of the module that pages are. One part may show several addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Servers,
    Add,
    Edit,
    Server,
    Options,
    Playground,
    Help,
    Nowhere,
}

impl Part {
    /// The part that shows an address. What each address means is said in [`Route`].
    fn of(route: Option<&Route>) -> Self {
        match route {
            Some(Route::Servers) => Self::Servers,
            Some(Route::AddServer) => Self::Add,
            Some(Route::EditServer(_)) => Self::Edit,
            Some(Route::Server(_)) => Self::Server,
            Some(Route::Options(..)) => Self::Options,
            Some(Route::Playground | Route::Bench | Route::Rules | Route::Rule(_)) => Self::Playground,
            Some(Route::Help) => Self::Help,
            None => Self::Nowhere,
        }
    }

    async fn load(self) -> Result<MakePage, SplitLoaderError> {
        match self {
            Self::Servers => servers::servers_page().await,
            Self::Add => server_form::add_page().await,
            Self::Edit => server_form::edit_page().await,
            Self::Server => server::server_page().await,
            Self::Options => options::options_page().await,
            Self::Playground => playground::playground_page().await,
            Self::Help => help::help_page().await,
            Self::Nowhere => Ok(|| view! { <NotFound/> }.into_any()),
        }
    }
}

/// The page that the address names. The one before stays until it is there.
#[component]
pub fn Pages() -> impl IntoView {
    let route = expect_context::<Address>().route();
    let part = Memo::new(move |_| route.with(|route| Part::of(route.as_ref())));
    let page = RwSignal::new(None::<MakePage>);
    Effect::new(move |_| {
        let wanted = part.get();
        spawn_local(async move {
            let make = wanted.load().await.unwrap_or(|| view! { <NotLoaded/> }.into_any());
            if part.try_get_untracked() == Some(wanted) {
                page.try_set(Some(make));
            }
        });
    });
    move || page.get().map(|make| make())
}

/// A part that did not come: the connection broke, or another Perch runs by now.
#[component]
fn NotLoaded() -> impl IntoView {
    view! {
        <Notice tone=Tone::Bad title="This page could not be loaded.">
            <p>"Perch does not answer, or was replaced by another version meanwhile."</p>
            <p class="notice-foot"><button type="button" class="btn" on:click=|_| browser::reload()>"Reload"</button></p>
        </Notice>
    }
}

/// The server that the address names; `None`: it cannot be one. While the next page loads, it stays.
fn server_param() -> Memo<Option<ServerId>> {
    let route = expect_context::<Address>().route();
    Memo::new(move |before: Option<&Option<ServerId>>| {
        let named = route.with(|route| match route {
            Some(Route::Server(id) | Route::EditServer(id) | Route::Options(id, _)) => Some(id.clone()),
            _ => None,
        });
        named.or_else(|| before.cloned().flatten())
    })
}
