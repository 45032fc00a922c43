//! Who uses a class or a definition: looked for in the whole configuration when somebody asks, and before it goes.

use super::desk::Desk;
use crate::{
    api::Api,
    components::ErrorNotice,
    state::Loader,
    ui::{Dialog, Notice, Tone, prose},
};
use leptos::prelude::*;
use perch_shared::{
    api::{ConfigurationQuery, ConfigurationView, Endpoint, GetConfiguration},
    change::{Place, uses},
};

/// What somebody asks about.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// How it is called, such as `client class voip`.
    pub title: String,
    /// Where it stands in the draft.
    pub path: String,
    /// Its place in the configuration.
    pub place: Place,
    /// Whether it shall go.
    pub remove: bool,
}

/// The dialog. It is open while something is asked.
#[component]
pub fn UsesDialog(
    /// The desk with the draft.
    desk: Desk,
    /// What is asked.
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    let api = expect_context::<Api>();
    let loader = Loader::<ConfigurationView>::default();
    let open = RwSignal::new(false);
    let load = Callback::new(move |()| {
        let path = GetConfiguration::path(&desk.place());
        loader.run(async move { api.read::<GetConfiguration>(path, &ConfigurationQuery::default()).await });
    });
    Effect::new(move |_| {
        if asked.with(Option::is_some) {
            load.run(());
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && asked.with_untracked(Option::is_some) {
            asked.set(None);
        }
    });
    let title = Signal::derive(move || {
        asked.with(|asked| match asked {
            Some(asked) if asked.remove => format!("Remove {}", asked.title),
            Some(asked) => format!("What uses {}", asked.title),
            None => String::new(),
        })
    });
    let found = Memo::new(move |_| {
        let asked = asked.get()?;
        let view = loader.answer().get()?;
        Some(uses(&view.into_config(), &asked.place).into_iter().map(|found| found.words).collect::<Vec<_>>())
    });
    let body = move || {
        match (found.get(), loader.failure().get()) {
        (_, Some(failure)) => view! { <ErrorNotice failure retry=load/> }.into_any(),
        (Some(words), None) => said(&words, asked.with(|asked| asked.as_ref().is_some_and(|asked| asked.remove))),
        (None, None) => view! { <div class="skeleton" aria-busy="true"><span class="sr">"Looking through all scopes…"</span></div> }.into_any(),
    }
    };
    let remove = move |_| {
        if let Some(asked) = asked.get_untracked() {
            desk.update(|draft| draft.remove(&asked.path));
        }
        open.set(false);
    };
    let removing = move || asked.with(|asked| asked.as_ref().is_some_and(|asked| asked.remove));
    view! {
        <Dialog open title testid="uses-dialog">
            <div class="dialog-body" tabindex="0">{body}</div>
            <footer class="dialog-foot">
                <button type="button" class="btn" data-testid="uses-close" on:click=move |_| open.set(false)>
                    {move || if removing() { "Cancel" } else { "Close" }}
                </button>
                {move || removing().then(|| view! {
                    <button type="button" class="btn primary" data-testid="uses-remove" disabled=move || found.with(Option::is_none) on:click=remove>"Remove"</button>
                })}
            </footer>
        </Dialog>
    }
}

fn said(words: &[String], remove: bool) -> AnyView {
    if words.is_empty() {
        return view! { <p data-testid="no-uses">"Nothing in the whole configuration uses it."</p> }
            .into_any();
    }
    let list = words.iter().map(|words| view! { <li>{prose(words)}</li> }).collect_view();
    let title = match (words.len(), remove) {
        (1, true) => "One place still uses it.".to_owned(),
        (count, true) => format!("{count} places still use it."),
        (1, false) => "One place uses it.".to_owned(),
        (count, false) => format!("{count} places use it."),
    };
    let tone = if remove { Tone::Warning } else { Tone::Info };
    view! { <Notice tone title><ul class="notes uses" data-testid="uses">{list}</ul></Notice> }.into_any()
}
