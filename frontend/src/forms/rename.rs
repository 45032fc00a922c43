//! Giving a class another name: all who use it take it along.

use super::save::{Proposal, SaveDialog, Saving};
use crate::{
    api::Api,
    components::ErrorNotice,
    state::{Fleet, Loader},
    ui::{Dialog, TextField},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ApplyReport, ConfigurationQuery, ConfigurationView, Endpoint, GetConfiguration, ServerId},
    change::{Place, rename, uses},
};

/// Which class shall be called otherwise, by its name.
pub type Renaming = RwSignal<Option<String>>;

/// The dialog that asks for the new name, and the one that shows what it changes.
#[component]
pub fn RenameClass(
    /// The server.
    server: ServerId,
    /// The daemon.
    family: Family,
    /// The class that somebody wants to rename.
    renaming: Renaming,
    /// Called with the new name when Kea has it.
    on_done: Callback<String>,
) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let loader = Loader::<ConfigurationView>::default();
    let (open, name) = (RwSignal::new(false), RwSignal::new(String::new()));
    let at = StoredValue::new((server, family));
    let load = Callback::new(move |()| {
        let path = GetConfiguration::path(&at.get_value());
        loader.run(async move { api.read::<GetConfiguration>(path, &ConfigurationQuery::default()).await });
    });
    let renamed = RwSignal::new(None::<String>);
    let done = Callback::new(move |_: ApplyReport| renamed.set(Some(name.get_untracked())));
    let saving = Saving::new(done, load);
    // Once somebody has read how it went.
    Effect::new(move |_| {
        if let (Some(name), false) = (renamed.get(), saving.is_open().get()) {
            renamed.set(None);
            on_done.run(name);
        }
    });
    // The name that the dialog is about stays while it closes.
    let was = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(now) = renaming.get() {
            was.set(now.clone());
            name.set(now);
            load.run(());
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && renaming.with_untracked(Option::is_some) {
            renaming.set(None);
        }
    });
    let place = move || Place::root().class(was.get());
    let users = Memo::new(move |_| {
        let view = loader.answer().get()?;
        Some(uses(&view.into_config(), &place()).len())
    });
    let taken = Memo::new(move |_| {
        let name = name.get();
        loader.answer().with(|view| {
            let all = view.as_ref().map(|view| perch_shared::draft::Draft::new(view.clone()).classes());
            all.is_some_and(|all| name != was.get() && all.iter().any(|class| class.name == name))
        })
    });
    let error = Signal::derive(move || {
        if taken.get() { "Another class is called so already.".to_owned() } else { String::new() }
    });
    let ready = move || {
        let name = name.get();
        !name.trim().is_empty() && name != was.get() && !taken.get() && users.get().is_some()
    };
    let begin = move |_| {
        let Some(view) = loader.answer().get_untracked() else { return };
        let (hash, config) = (view.hash.clone(), view.into_config());
        let edits = rename(&config, &untrack(place), name.get_untracked().trim());
        open.set(false);
        let (server, family) = at.get_value();
        saving.begin(Proposal::new(fleet, &server, family, Some(hash), edits));
    };
    let title = Signal::derive(move || format!("Rename client class {}", was.get()));
    let words = move || match users.get() {
        None => "Looking for all who use it…".to_owned(),
        Some(0) => "Nothing else names it.".to_owned(),
        Some(1) => "One place names it and is changed with it.".to_owned(),
        Some(count) => format!("{count} places name it and are changed with it."),
    };
    view! {
        <Dialog open title testid="rename-dialog">
            <div class="dialog-body">
                <TextField id="new-class-name" label="New name" value=name on_input=Callback::new(move |text| name.set(text)) error/>
                <p class="muted" role="status">{words}</p>
                {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry=load/> })}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                <button type="button" class="btn primary" data-testid="rename-go" disabled=move || !ready() on:click=begin>"Rename…"</button>
            </footer>
        </Dialog>
        <SaveDialog saving/>
    }
}
