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

mod account;
mod arrival;
mod change;
mod classes;
mod custom_options;
mod find;
mod help;
mod history;
mod leases;
mod networks;
mod options;
mod overview;
mod pairs;
mod playground;
mod properties;
mod raw;
mod reservations;
mod server;
mod server_form;
mod servers;
mod settings;
mod shared_network;
mod sign_in;
mod snapshots;
mod styleguide;
mod subnet;
mod subnet_new;
mod subnets;
mod users;

pub use arrival::Pages;
pub use sign_in::SignInGate;

use crate::{
    components::NotFound,
    routes::{Address, Route},
};
use leptos::{prelude::*, wasm_split::SplitLoaderError};
use perch_shared::{Family, api::ServerId};

/// Draws a page.
type MakePage = fn() -> AnyView;

/// The parts of the module that pages are. One part may show several addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Overview,
    Servers,
    Add,
    Edit,
    Server,
    Properties,
    Options,
    CustomOptions,
    Classes,
    Networks,
    Subnet,
    AddSubnet,
    Subnets,
    Network,
    Reservations,
    Leases,
    Find,
    Pairs,
    History,
    Change,
    Snapshots,
    Raw,
    Users,
    Account,
    Settings,
    Playground,
    Help,
    Styleguide,
    Nowhere,
}

impl Part {
    /// The part that shows an address. What each address means is said in [`Route`].
    fn of(route: Option<&Route>) -> Self {
        let Some(route) = route else { return Self::Nowhere };
        match route {
            Route::Overview => Self::Overview,
            Route::Servers => Self::Servers,
            Route::AddServer => Self::Add,
            Route::EditServer(_) => Self::Edit,
            Route::Server(_) => Self::Server,
            Route::Properties(..) => Self::Properties,
            Route::Options(..) => Self::Options,
            Route::CustomOptions(..) => Self::CustomOptions,
            Route::Classes(..) | Route::AddClass(..) | Route::Class(..) => Self::Classes,
            Route::Networks | Route::ServerNetworks(_) => Self::Networks,
            Route::AddSubnet => Self::AddSubnet,
            Route::Subnets(..) => Self::Subnets,
            Route::Subnet(..) | Route::GlobalReservations(..) => Self::Subnet,
            Route::AddNetwork | Route::Network(..) => Self::Network,
            Route::Reservations => Self::Reservations,
            Route::Leases => Self::Leases,
            Route::Find => Self::Find,
            Route::Pairs | Route::SetUpPair | Route::Pair(_) => Self::Pairs,
            Route::History | Route::ServerHistory(_) => Self::History,
            Route::Change(_) => Self::Change,
            Route::Snapshots(..) => Self::Snapshots,
            Route::Raw(..) => Self::Raw,
            Route::Users => Self::Users,
            Route::Account => Self::Account,
            Route::Settings => Self::Settings,
            Route::Playground | Route::Bench | Route::Rules | Route::Rule(_) => Self::Playground,
            Route::Help => Self::Help,
            Route::Styleguide => Self::Styleguide,
        }
    }

    async fn load(self) -> Result<MakePage, SplitLoaderError> {
        match self {
            Self::Overview => overview::overview_page().await,
            Self::Servers => servers::servers_page().await,
            Self::Add => server_form::add_page().await,
            Self::Edit => server_form::edit_page().await,
            Self::Server => server::server_page().await,
            Self::Properties => properties::properties_page().await,
            Self::Options => options::options_page().await,
            Self::CustomOptions => custom_options::custom_options_page().await,
            Self::Classes => classes::classes_page().await,
            Self::Networks => networks::networks_page().await,
            Self::Subnet => subnet::subnet_page().await,
            Self::AddSubnet => subnet_new::subnet_new_page().await,
            Self::Subnets => subnets::subnets_page().await,
            Self::Network => shared_network::shared_network_page().await,
            Self::Reservations => reservations::reservations_page().await,
            Self::Leases => leases::leases_page().await,
            Self::Find => find::find_page().await,
            Self::Pairs => pairs::pairs_page().await,
            Self::History => history::history_page().await,
            Self::Change => change::change_page().await,
            Self::Snapshots => snapshots::snapshots_page().await,
            Self::Raw => raw::raw_page().await,
            Self::Users => users::users_page().await,
            Self::Account => account::account_page().await,
            Self::Settings => settings::settings_page().await,
            Self::Playground => playground::playground_page().await,
            Self::Help => help::help_page().await,
            Self::Styleguide => styleguide::styleguide_page().await,
            Self::Nowhere => Ok(|| view! { <NotFound/> }.into_any()),
        }
    }
}

/// What the address says, as `pick` reads it. While the next page loads, what was said before stays.
fn param<T: Clone + PartialEq + Send + Sync + 'static>(
    pick: impl Fn(&Route) -> Option<T> + Send + Sync + 'static,
) -> Memo<Option<T>> {
    let route = expect_context::<Address>().route();
    Memo::new(move |before: Option<&Option<T>>| {
        let named = route.with(|route| route.as_ref().and_then(&pick));
        named.or_else(|| before.cloned().flatten())
    })
}

/// The server that the address names; `None`: it cannot be one.
fn server_param() -> Memo<Option<ServerId>> {
    param(|route| route.server().cloned())
}

/// The daemon that the address names.
fn daemon_param() -> Memo<Option<(ServerId, Family)>> {
    param(|route| Some((route.server()?.clone(), route.family()?)))
}
