//! What every page says above itself: that this is a demo, or that Perch does not answer.

use crate::{
    api::Api,
    browser,
    routes::{Address, Route},
    state::Fleet,
    ui::{CopyButton, Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::api::{About, AddServer, ServerDraft};
use std::time::Duration;

const RETRY: Duration = Duration::from_secs(4);

/// The banners.
#[component]
pub fn Banners() -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    browser::every(RETRY, move || {
        if api.offline().get_untracked() && browser::is_visible() {
            fleet.reload();
        }
    });
    let about = fleet.about().answer();
    let demo = move || about.with(|about| about.as_ref().filter(|about| about.demo).cloned());
    view! {
        {move || api.offline().get().then(|| view! {
            <div class="banner bad" role="alert" data-testid="offline-banner">
                {icon(Glyph::Warning)}
                <p><strong>"Perch does not answer."</strong>" What you see may be old. Nothing you typed is lost; this page tries again by itself."</p>
            </div>
        })}
        {move || demo().map(|about| view! { <Demo about/> })}
    }
}

#[component]
fn Demo(about: About) -> impl IntoView {
    let servers = expect_context::<Fleet>().servers().answer();
    let known = move |address: &str| {
        servers.with(|servers| {
            let mut channels = servers.iter().flatten().flat_map(|server| &server.channels);
            channels.any(|channel| channel.address == address)
        })
    };
    view! {
        <aside class="banner demo" data-testid="demo-banner" aria-label="Demo fleet">
            {icon(Glyph::Info)}
            <p>
                <strong>"Demo fleet."</strong>" Nothing here is a real Kea."
                {move || about.try_address.clone().filter(|address| !known(address)).map(|address| view! { <TryAddress address/> })}
            </p>
        </aside>
    }
}

/// An address of the demo that is not in the inventory yet, and a button that adds it.
#[component]
fn TryAddress(address: String) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let address_bar = expect_context::<Address>();
    let added = Callback::new(move |id| address_bar.go(&Route::Server(id)));
    let wanted = address.clone();
    let failed = RwSignal::new(false);
    let add = move |_| {
        let draft = ServerDraft { addresses: vec![wanted.clone()], ..ServerDraft::default() };
        leptos::task::spawn_local(async move {
            match api.send::<AddServer>(&(), &draft).await {
                Ok(server) => {
                    fleet.reload();
                    let _ = added.try_run(server.id);
                }
                Err(_) => {
                    let _ = failed.try_set(true);
                }
            }
        });
    };
    view! {
        " Try adding a server: "
        <span class="try"><code>{address.clone()}</code><CopyButton text=address label="Copy the address"/></span>
        <button type="button" class="btn small" data-testid="try-add" on:click=add>"Add it"</button>
        {move || failed.get().then_some(" It could not be added; open Add server to see why.")}
    }
}
