//! Removing a shared network, with or without its subnets.

use crate::{
    forms::{
        desk::Desk,
        save::{Proposal, SaveDialog, Saving},
    },
    routes::{Address, Route},
    state::Fleet,
    ui::{Dialog, Segments, counted},
};
use leptos::prelude::*;
use perch_shared::draft::join;

/// Asks, and then removes.
#[component]
pub fn RemoveDialog(
    /// The form.
    desk: Desk,
    /// The network.
    name: String,
    /// Whether somebody wants to remove it.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (fleet, address) = (expect_context::<Fleet>(), expect_context::<Address>());
    let keep = RwSignal::new("keep");
    let done = Callback::new(move |_| {
        desk.discard();
        address.go(&Route::Networks);
    });
    let saving = Saving::new(done, Callback::new(|()| ()));
    let (of_remove, of_count) = (name.clone(), name.clone());
    let remove = Callback::new(move |()| {
        open.set(false);
        let mut draft = desk.draft.get_untracked();
        draft.discard();
        let Some(path) = draft.network_at(&of_remove) else { return };
        draft.remove_network(&path, keep.get_untracked() == "keep");
        let (server, family) = desk.place();
        let based_on = Some(draft.based_on.clone());
        saving.begin(Proposal::new(fleet, &server, family, based_on, draft.edits()));
    });
    let subnets = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let list = draft.network_at(&of_count).map(|path| join(&path, draft.family().subnet_key()));
            list.map(|list| draft.items(&list).len()).unwrap_or_default()
        })
    });
    let choice = move || {
        let count = subnets.get();
        (count > 0).then(|| {
            let words = counted(count as u128, "subnet", "subnets");
            let choices = vec![("keep", "Keep them, outside the network"), ("remove", "Remove them too")];
            view! {
                <p>{format!("It has {words}.")}</p>
                <Segments label="Its subnets" name="with-subnets" choices chosen=keep on_choose=Callback::new(move |choice| keep.set(choice))/>
                <p class="hint">{move || match keep.get() {
                    "keep" => "They go on with their own parameters. What they inherited from the network, its options too, they lose.",
                    _ => "Their pools, reservations and options go with them. Leases stay in Kea's lease file until they expire.",
                }}</p>
            }
        })
    };
    view! {
        <Dialog open title=Signal::derive(move || format!("Remove shared network {name}?")) testid="remove-dialog">
            <div class="dialog-body">
                {choice}
                <p>"The change can be undone on the history's page."</p>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                <button type="button" class="btn danger" data-testid="remove-confirm" on:click=move |_| remove.run(())>"Remove…"</button>
            </footer>
        </Dialog>
        <SaveDialog saving/>
    }
}
