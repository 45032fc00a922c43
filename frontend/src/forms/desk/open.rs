//! Reading the part of a configuration that a form is about, and reading it again when somebody else changed it.

use super::{Desk, DeskFrame};
use crate::{
    api::Api,
    components::ErrorNotice,
    state::{Fleet, Loader},
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ApplyReport, ConfigurationQuery, ConfigurationView, Endpoint, GetConfiguration, ServerId},
};

/// Loads the part, shows that it loads or what failed, and then the form that `form` makes of the desk. Whatever is
/// changed elsewhere is laid under the open form by itself.
#[component]
pub fn OpenDesk(
    /// The server.
    server: ServerId,
    /// The daemon.
    family: Family,
    /// Which part of its configuration.
    query: ConfigurationQuery,
    /// What the form is called among those of this daemon: its unsaved changes are kept under it.
    #[prop(into)]
    name: String,
    /// Makes the form.
    form: Callback<Desk, AnyView>,
    /// Called when Kea has the changes.
    #[prop(default = Callback::new(|_| ()))]
    done: Callback<ApplyReport>,
) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let loader = Loader::<ConfigurationView>::default();
    let (params, query) = (StoredValue::new((server.clone(), family)), StoredValue::new(query));
    let load = Callback::new(move |()| {
        let path = GetConfiguration::path(&params.get_value());
        loader.run(async move { api.read::<GetConfiguration>(path, &query.get_value()).await });
    });
    load.run(());
    let hash = fleet.hash(server.clone(), family);
    // What Perch saw last may be older than what is shown here: it is read once for each hash that is new.
    Effect::watch(
        move || hash.get(),
        move |hash, before, _| {
            let shown = loader.answer().with_untracked(|view| view.as_ref().map(|view| view.hash.clone()));
            if before.is_some() && hash.is_some() && *hash != shown {
                load.run(());
            }
        },
        false,
    );
    Effect::watch(
        move || api.offline().get(),
        move |offline, _, _| {
            if !offline {
                load.run(());
            }
        },
        false,
    );
    let known = Memo::new(move |_| loader.answer().with(Option::is_some));
    let failed = move || loader.failure().get();
    let kept = super::keep::Keep::new(&server, family, &name);
    let content = move || {
        known.track();
        let first = loader.answer().get_untracked()?;
        let desk = Desk::new(server.clone(), family, &name, first, load, done);
        Effect::watch(
            move || loader.answer().get(),
            move |view, _, _| view.iter().for_each(|view| desk.renew(view.clone())),
            false,
        );
        Some(view! { <DeskFrame desk>{form.run(desk)}</DeskFrame> })
    };
    let waiting = move || {
        (!known.get() && failed().is_none())
            .then(|| view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading what Kea has…"</span></div> })
    };
    view! {
        {move || failed().map(|failure| view! {
            <ErrorNotice failure retry=load/>
            {(!known.get() && !kept.read().is_empty()).then(|| view! {
                <Notice tone=Tone::Info title="What you typed here is kept and comes back as soon as Kea answers."/>
            })}
        })}
        {waiting}
        {content}
    }
}
