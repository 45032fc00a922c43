//! Undoing a change: as a change of its own, with its own preview.

use crate::{
    api::{Api, Failure},
    components::ErrorNotice,
    forms::save::{Proposal, SaveDialog, Saving},
    state::Fleet,
    ui::{Notice, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{ApplyReport, ChangeId, Draft, Role, UndoChange};

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
    let (drafts, failure, busy) =
        (RwSignal::new(Vec::<Draft>::new()), RwSignal::new(None::<Failure>), RwSignal::new(false));
    let of = StoredValue::new(id);
    let begin = move |draft: &Draft| saving.begin(Proposal::of_draft(draft, Some(of.get_value()), None));
    let ask = move |_| {
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = api.send::<UndoChange>(&(of.get_value(),), &()).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(found) => {
                    if let [one] = found.as_slice() {
                        begin(one);
                    }
                    let _ = drafts.try_set(if found.len() > 1 { found } else { Vec::new() });
                }
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
    // A change that had edits of its own for several servers is undone in as many steps.
    let choices = move || {
        drafts.with(|drafts| {
            (!drafts.is_empty()).then(|| {
                let one = |draft: &Draft| {
                    let names: Vec<String> = draft.targets.iter().map(|target| fleet.name(&target.server)).collect();
                    let draft = draft.clone();
                    let go = move |_| begin(&draft);
                    view! { <button type="button" class="btn" data-testid="undo-part" on:click=go>{format!("Undo on {}…", names.join(" and "))}</button> }
                };
                let buttons = drafts.iter().map(one).collect_view();
                view! { <Notice tone=Tone::Info title="It did something else on each of these servers."><p class="notice-foot">{buttons}</p></Notice> }
            })
        })
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
        {choices}
        {move || failure.get().map(|failure| view! { <ErrorNotice failure/> })}
        <SaveDialog saving/>
    }
}
