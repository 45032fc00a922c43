//! Asking before a server is removed.

use crate::{
    api::Api,
    state::{Fleet, StatusLine},
    ui::Dialog,
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{RemoveServer, Server};

/// Opens when `removing` holds a server.
#[component]
pub fn RemoveDialog(
    /// The server that somebody wants to remove.
    removing: RwSignal<Option<Server>>,
) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let status = expect_context::<StatusLine>();
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if removing.with(Option::is_some) {
            open.set(true);
        }
    });
    let name =
        move || removing.with(|server| server.as_ref().map(|server| server.name.clone()).unwrap_or_default());
    let close = move || {
        open.set(false);
        removing.set(None);
    };
    let remove = move |_| {
        let Some(server) = removing.get_untracked() else { return };
        close();
        spawn_local(async move {
            match api.send::<RemoveServer>(&(server.id,), &()).await {
                Ok(()) => status.say(format!("{} was removed from Perch.", server.name)),
                Err(failure) => status.say(failure.body.message),
            }
            fleet.reload();
        });
    };
    let title = Signal::derive(move || format!("Remove {}?", name()));
    view! {
        <Dialog open title testid="remove-dialog">
            <div class="dialog-body">
                <p>"Perch forgets its addresses and its password. " <strong>"Kea itself is not touched"</strong>" and goes on as it is."</p>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| close()>"Cancel"</button>
                <button type="button" class="btn danger" data-testid="remove-confirm" on:click=remove>"Remove"</button>
            </footer>
        </Dialog>
    }
}
