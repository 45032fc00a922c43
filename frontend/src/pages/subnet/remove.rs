//! Removing a subnet: what goes with it, and then the dialog that shows what it would do.

use crate::{
    forms::{
        desk::Desk,
        save::{Proposal, SaveDialog, Saving},
    },
    routes::{Address, Route},
    state::Fleet,
    ui::{Dialog, counted},
};
use leptos::prelude::*;
use perch_shared::draft::join;

/// Asks, and then removes.
#[component]
pub fn RemoveDialog(
    /// The form.
    desk: Desk,
    /// The subnet.
    id: u64,
    /// Whether somebody wants to remove it.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (fleet, address) = (expect_context::<Fleet>(), expect_context::<Address>());
    let done = Callback::new(move |_| {
        desk.discard();
        address.go(&Route::Networks);
    });
    let saving = Saving::new(done, Callback::new(|()| ()));
    let remove = move |_| {
        open.set(false);
        let mut draft = desk.draft.get_untracked();
        draft.discard();
        let Some(path) = draft.subnet_at(id) else { return };
        draft.remove(&path);
        let (server, family) = desk.place();
        let based_on = Some(draft.based_on.clone());
        saving.begin(Proposal::new(fleet, &server, family, based_on, draft.edits()));
    };
    let prefix = Memo::new(move |_| {
        desk.draft.with(|draft| {
            draft.subnet_at(id).map(|path| draft.text_at(&join(&path, "subnet"))).unwrap_or_default()
        })
    });
    let lost = move || {
        desk.draft.with(|draft| {
            let path = draft.subnet_at(id)?;
            let number = |list: &str| draft.items(&join(&path, list)).len() as u128;
            let parts = [
                counted(number("pools") + number("pd-pools"), "pool", "pools"),
                counted(number("reservations"), "reservation", "reservations"),
                counted(number("option-data"), "option", "options"),
            ];
            Some(view! { <ul class="notes">{parts.map(|part| view! { <li>{part}</li> }).into_iter().collect_view()}</ul> })
        })
    };
    let title = Signal::derive(move || format!("Remove {}?", prefix.get()));
    view! {
        <Dialog open title testid="remove-dialog">
            <div class="dialog-body">
                <p>"What goes with it:"</p>
                {lost}
                <p>"Its leases stay in Kea's lease file until they expire; clients cannot renew them. The change can be undone on the history's page."</p>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                <button type="button" class="btn danger" data-testid="remove-confirm" on:click=remove>"Remove…"</button>
            </footer>
        </Dialog>
        <SaveDialog saving/>
    }
}
