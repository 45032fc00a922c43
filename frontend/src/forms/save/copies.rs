//! The change to take away: as the request to Perch, and as commands for Kea.

use super::Saving;
use crate::{
    api::Failure,
    browser,
    components::ErrorNotice,
    ui::{Glyph, icon},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{ApplyChange, ListCommands, Preview, TargetCommands, curl};

/// What became of copying.
#[derive(Debug, Clone, PartialEq)]
enum Copied {
    /// Nothing was asked for.
    Not,
    /// It is on the clipboard.
    Done(&'static str),
    /// The browser does not allow it, so it is shown.
    Shown(String),
    /// Perch did not give it.
    Failed(Failure),
}

/// Two buttons.
#[component]
pub fn Copies(
    /// What is being saved.
    saving: Saving,
    /// What it would do.
    preview: StoredValue<Preview>,
) -> impl IntoView {
    let copied = RwSignal::new(Copied::Not);
    let put = move |text: String, said: &'static str| async move {
        let done = browser::copy(text.clone()).await;
        copied.try_set(if done { Copied::Done(said) } else { Copied::Shown(text) });
    };
    let as_curl = move |_| {
        let request = preview.with_value(|preview| saving.request(Some(preview)));
        let line = curl::<ApplyChange>(&browser::origin(), &(), &request, !saving.is_open_to_all());
        spawn_local(put(line, "Copied: the request that Apply would send."));
    };
    let as_commands = move |_| {
        let request = preview.with_value(|preview| saving.request(Some(preview)));
        spawn_local(async move {
            match saving.api.send::<ListCommands>(&(), &request).await {
                Ok(all) => {
                    put(text(saving, &all), "Copied: commands with the same effect, secrets left out.").await
                }
                Err(failure) => {
                    copied.try_set(Copied::Failed(failure));
                }
            }
        });
    };
    let outcome = move || {
        match copied.get() {
        Copied::Not => ().into_any(),
        Copied::Done(said) => view! { <p class="muted">{said}</p> }.into_any(),
        Copied::Shown(text) => view! {
            <p class="muted">"The browser does not allow copying here. Select it:"</p>
            <textarea class="input mono" rows="6" readonly aria-label="To be copied" data-testid="to-copy" prop:value=text></textarea>
        }
        .into_any(),
        Copied::Failed(failure) => view! { <ErrorNotice failure/> }.into_any(),
    }
    };
    view! {
        <section class="copies" aria-label="The same for a script">
            <button type="button" class="btn small" data-testid="copy-curl" on:click=as_curl>{icon(Glyph::Copy)} "Copy as curl"</button>
            <button type="button" class="btn small" data-testid="copy-commands" on:click=as_commands>{icon(Glyph::Copy)} "Copy as Kea commands"</button>
            <div class="copied" role="status" data-testid="copied">{outcome}</div>
        </section>
    }
}

/// The commands of every target below a line that names it, one command a line.
fn text(saving: Saving, all: &[TargetCommands]) -> String {
    let one = |target: &TargetCommands| {
        let head = format!("# {} on {}", target.family.daemon(), saving.name(&target.server));
        let lines = target.commands.iter().filter_map(|command| serde_json::to_string(command).ok());
        std::iter::once(head).chain(lines).map(|line| line + "\n").collect::<String>()
    };
    all.iter().map(one).collect::<Vec<_>>().join("\n")
}
