//! The page as a whole: what all pages share, and the shell around them.

use crate::{
    api::Api,
    browser,
    components::Shell,
    pages::{Pages, SignInGate},
    routes::Address,
    state::{Events, Fleet, StatusLine, ThemeChoice},
};
use leptos::prelude::*;

/// The whole console.
#[component]
pub fn App() -> impl IntoView {
    let api = Api::default();
    let fleet = Fleet::new(api);
    provide_context(Address::follow());
    provide_context(api);
    provide_context(fleet);
    provide_context(ThemeChoice::restore());
    provide_context(StatusLine::default());
    if !browser::is_alone() {
        fleet.reload();
        provide_context(Events::follow(api, fleet));
    }
    view! {
        <Shell>
            <Pages/>
        </Shell>
        <SignInGate/>
    }
}
