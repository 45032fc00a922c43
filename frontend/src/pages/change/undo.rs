//! Undoing a change: as a change of its own, with its own preview.

use crate::{
    api::{Api, Failure},
    components::ErrorNotice,
    forms::save::{Proposal, SaveDialog, Saving},
    state::Fleet,
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{ApplyReport, ChangeId, Role, UndoChange};

/// The button, and what follows.
#[component]
pub(super) fn Undo(
    /// The change.
    id: ChangeId,
    /// Whether it can be undone by edits.
    can: Signal<bool>,
    /// Called when something was undone.
    on_done: Callback<()>,
) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let saving = Saving::new(Callback::new(move |_: ApplyReport| on_done.run(())), Callback::new(|()| ()));
    let (failure, busy) = (RwSignal::new(None::<Failure>), RwSignal::new(false));
    let of = StoredValue::new(id);
    let ask = move |_| {
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = api.send::<UndoChange>(&(of.get_value(),), &()).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(drafts) => saving.begin(Proposal::of_drafts(&drafts, Some(of.get_value()), None)),
                Err(why) => {
                    let _ = failure.try_set(Some(why));
                }
            }
        });
    };
    let lacks = fleet.lacks(Role::Operator);
    let why = move || match lacks.get() {
        Some(why) => Some(why),
        None if !can.get() => {
            Some("Perch has no edits that take this back. A snapshot can be restored instead.")
        }
        None => None,
    };
    view! {
        <button
            type="button"
            class="btn"
            data-testid="undo"
            disabled=move || busy.get() || why().is_some()
            title=move || why().unwrap_or_default()
            on:click=ask
        >
            "Undo…"
        </button>
        {move || failure.get().map(|failure| view! { <ErrorNotice failure/> })}
        <SaveDialog saving/>
    }
}
