//! The leases of a subnet.

use crate::{
    api::Api,
    components::{ErrorNotice, LeaseRow, LeaseTable, NoLeaseCmds, has_lease_cmds},
    forms::desk::Desk,
    state::{Fleet, Loader},
    ui::{Glyph, counted, icon},
};
use leptos::prelude::*;
use perch_shared::{
    api::{Endpoint, LeasePage, LeaseQuery, ListLeases},
    draft::join,
};

/// The leases, where lease_cmds is loaded; else what to do.
#[component]
pub fn Leases(
    /// The desk.
    desk: Desk,
    /// The subnet's path.
    path: String,
    /// The subnet.
    id: u64,
) -> impl IntoView {
    let (server, family) = desk.place();
    let fleet = expect_context::<Fleet>();
    let daemon = server.clone();
    let is_loaded = Memo::new(move |_| has_lease_cmds(fleet, &daemon, family));
    let prefix = desk.draft.with_untracked(|draft| draft.text_at(&join(&path, "subnet")));
    move || match is_loaded.get() {
        Some(false) => view! { <NoLeaseCmds servers=vec![server.clone()] family/> }.into_any(),
        _ => view! { <Loaded desk id prefix=prefix.clone()/> }.into_any(),
    }
}

#[component]
fn Loaded(desk: Desk, id: u64, prefix: String) -> impl IntoView {
    let api = expect_context::<Api>();
    let (server, family) = desk.place();
    let loader = Loader::<LeasePage>::default();
    let path = ListLeases::path(&(server.clone(), family));
    let load = Callback::new(move |()| {
        let path = path.clone();
        let query = LeaseQuery { subnet: Some(id), ..LeaseQuery::default() };
        loader.run(async move { api.read::<ListLeases>(path, &query).await });
    });
    load.run(());
    let rows = Memo::new(move |_| {
        let row = |lease: &perch_shared::api::Lease| LeaseRow {
            server: server.clone(),
            family,
            prefix: prefix.clone(),
            lease: lease.clone(),
        };
        loader.answer().with(|page| page.iter().flat_map(|page| &page.leases).map(row).collect::<Vec<_>>())
    });
    let known = Memo::new(move |_| loader.answer().with(Option::is_some));
    let waiting = move || {
        (!known.get() && loader.failure().with(Option::is_none)).then(|| {
            view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Asking Kea for leases…"</span></div> }
        })
    };
    let found = move || {
        known.get().then(|| view! { <LeaseTable name="subnet-leases" rows in_subnet=true empty="Nobody has an address of this subnet now."/> })
    };
    view! {
        <section class="overview" aria-label="Leases" data-testid="leases">
            <div class="list-bar">
                <h2 class="grow">"Leases "<span class="muted">{move || known.get().then(|| counted(rows.with(Vec::len) as u128, "lease", "leases"))}</span></h2>
                <button type="button" class="btn" data-testid="reload-leases" disabled=loader.busy() on:click=move |_| load.run(())>{icon(Glyph::Reload)} "Ask again"</button>
            </div>
            {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry=load/> })}
            {waiting}
            {found}
        </section>
    }
}
