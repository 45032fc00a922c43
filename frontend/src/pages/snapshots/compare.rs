//! A snapshot beside what Kea runs now, and the way back to it.

use crate::{
    api::{Api, Failure},
    components::{Differences, ErrorNotice},
    forms::save::{Proposal, SaveDialog, Saving},
    state::{Fleet, Loader},
    ui::{CopyButton, prose},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    Family,
    api::{
        ApplyReport, CompareQuery, CompareSnapshots, Comparison, Endpoint, GetSnapshot, RestoreSnapshot,
        Role, ServerId, SnapshotId, SnapshotView,
    },
};

/// What differs, with *Restore* and the text.
#[component]
pub(super) fn Compare(
    /// The daemon.
    at: (ServerId, Family),
    /// The snapshot.
    snapshot: SnapshotId,
    /// Called when it was brought back.
    on_restored: Callback<()>,
) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let (at, of) = (StoredValue::new(at), StoredValue::new(snapshot));
    let loader = Loader::<Comparison>::default();
    let read = Callback::new(move |()| {
        let query = CompareQuery { from: of.get_value(), to: None };
        loader.run(async move {
            api.read::<CompareSnapshots>(CompareSnapshots::path(&at.get_value()), &query).await
        });
    });
    read.run(());
    let text = Loader::<SnapshotView>::default();
    let show_text = move |_| {
        let (server, family) = at.get_value();
        text.run(async move { api.send::<GetSnapshot>(&(server, family, of.get_value()), &()).await });
    };
    let done = Callback::new(move |_: ApplyReport| {
        read.run(());
        on_restored.run(());
    });
    let saving = Saving::new(done, Callback::new(|()| ()));
    let (failure, busy) = (RwSignal::new(None::<Failure>), RwSignal::new(false));
    let restore = move |_| {
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let (server, family) = at.get_value();
            let answer = api.send::<RestoreSnapshot>(&(server, family, of.get_value()), &()).await;
            let _ = busy.try_set(false);
            match answer {
                Ok(draft) => saving.begin(Proposal::of_drafts(&[draft], None, Some(of.get_value()))),
                Err(why) => {
                    let _ = failure.try_set(Some(why));
                }
            }
        });
    };
    let lacks = fleet.lacks(Role::Operator);
    let same = move || {
        loader.answer().with(|answer| answer.as_ref().is_some_and(|answer| answer.differences.is_empty()))
    };
    let why = move || lacks.get().or_else(|| same().then_some("Kea runs this already."));
    // Read as it comes: from what Kea runs now to the snapshot would read as what restoring does.
    let differences = move || {
        loader.answer().get().map(|answer| {
            if answer.differences.is_empty() {
                view! { <p class="muted" data-testid="same">"Nothing differs: Kea runs this."</p> }.into_any()
            } else {
                view! { <Differences differences=answer.differences/> }.into_any()
            }
        })
    };
    let whole = move || {
        text.answer().get().map(|view| {
            let config = format!("{:#}", view.config);
            view! {
                <div class="snapshot-text"><CopyButton text=config.clone() label="Copy the configuration"/><pre tabindex="0">{config}</pre></div>
            }
        })
    };
    view! {
        <section class="change-section" aria-label="Compared with what Kea runs" data-testid="comparison">
            <header class="section-head">
                <h2>"From this snapshot to what Kea runs now"</h2>
                <span class="actions">
                    <button type="button" class="btn" data-testid="show-text" on:click=show_text>"Show it whole"</button>
                    <button type="button" class="btn" data-testid="restore" disabled=move || busy.get() || why().is_some() title=move || why().unwrap_or_default() on:click=restore>"Restore…"</button>
                </span>
            </header>
            {move || why().map(|why| view! { <p class="hint">{prose(why)}</p> })}
            {move || failure.get().map(|failure| view! { <ErrorNotice failure/> })}
            {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry=read/> })}
            {move || text.failure().get().map(|failure| view! { <ErrorNotice failure/> })}
            {differences}
            {whole}
        </section>
        <SaveDialog saving/>
    }
}
