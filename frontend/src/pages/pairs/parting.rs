//! Parting two partners: what becomes of the second one, and doing it.

use crate::{
    api::{Api, Failure},
    components::ErrorNotice,
    forms::save::{Proposal, SaveDialog, Saving},
    routes::{Address, Route},
    state::{Fleet, StatusLine},
    ui::{Dialog, Segments},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    Family,
    api::{ChangeTarget, ConfigurationQuery, Endpoint, GetConfiguration, ServerId},
    change::edits_between,
    status::parted,
};

/// What can become of the second server.
const SECOND: [(&str, &str); 2] = [("stops", "It gives no addresses"), ("goes-on", "It keeps its subnets")];

/// Asks, and then parts them.
#[component]
pub fn PartDialog(
    /// The daemon.
    family: Family,
    /// The servers, the primary first.
    servers: [ServerId; 2],
    /// Whether somebody wants to part them.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (api, fleet, address, said) = (
        expect_context::<Api>(),
        expect_context::<Fleet>(),
        expect_context::<Address>(),
        expect_context::<StatusLine>(),
    );
    let [one, other] = servers.clone().map(|id| Signal::derive(move || fleet.name(&id)));
    let stops = RwSignal::new("stops");
    let failed = RwSignal::new(None::<Failure>);
    let done = Callback::new(move |_| {
        said.say("They are no partners any more.");
        fleet.look();
        address.go(&Route::Pairs);
    });
    let saving = Saving::new(done, Callback::new(|()| ()));
    let servers = StoredValue::new(servers);
    let part = move |_| {
        failed.set(None);
        let stops = stops.get_untracked() == "stops";
        spawn_local(async move {
            match proposal(api, family, servers.get_value(), stops).await {
                Ok(proposal) => {
                    let _ = open.try_set(false);
                    saving.begin(proposal);
                }
                Err(failure) => {
                    let _ = failed.try_set(Some(failure));
                }
            }
        });
    };
    let meaning = move || match stops.get() {
        "stops" => "Its subnets and shared networks are removed, so only the other server answers clients.",
        _ => {
            "Both answer every client from then on, each without knowing the leases of the other. Let them serve different networks, or two clients get one address."
        }
    };
    view! {
        <Dialog open title=Signal::derive(move || format!("Part {} and {}?", one.get(), other.get())) testid="part-dialog">
            <div class="dialog-body">
                <p>"The hook library " <code>"libdhcp_ha.so"</code> " is taken out of both. Pools that were for one of them are for all clients then."</p>
                <p>{other}":"</p>
                <Segments label="The second server" name="second" choices=SECOND.to_vec() chosen=stops on_choose=Callback::new(move |choice| stops.set(choice))/>
                <p class="hint">{meaning}</p>
                <p>"The change can be undone on the history's page."</p>
                {move || failed.get().map(|failure| view! { <ErrorNotice failure/> })}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                <button type="button" class="btn danger" data-testid="part-confirm" on:click=part>"Part them…"</button>
            </footer>
        </Dialog>
        <SaveDialog saving/>
    }
}

async fn proposal(
    api: Api,
    family: Family,
    servers: [ServerId; 2],
    stops: bool,
) -> Result<Proposal, Failure> {
    let mut targets = Vec::new();
    for (server, without_subnets) in servers.into_iter().zip([false, stops]) {
        let path = GetConfiguration::path(&(server.clone(), family));
        let view = api.read::<GetConfiguration>(path, &ConfigurationQuery::default()).await?;
        let based_on = Some(view.hash.clone());
        let before = view.into_config();
        let edits = edits_between(&before, &parted(&before, without_subnets));
        targets.push(ChangeTarget { server, family, based_on, edits });
    }
    Ok(Proposal::for_each(targets))
}
