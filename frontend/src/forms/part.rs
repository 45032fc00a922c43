//! Reading the part of a configuration that a form is about, and reading it again when somebody else changed it.

use crate::{
    api::Api,
    components::ErrorNotice,
    state::{Fleet, Loader},
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, ConfigurationView, Endpoint, GetConfiguration, ServerId},
};

/// A part of a configuration that is there.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What Kea had first.
    pub first: ConfigurationView,
    /// Reads it again.
    pub load: Callback<()>,
    loader: Loader<ConfigurationView>,
}

impl Opened {
    /// Calls `renew` with what Kea has, whenever it was read again.
    pub fn on_news(&self, renew: impl Fn(ConfigurationView) + 'static) {
        let loader = self.loader;
        Effect::watch(
            move || loader.answer().get(),
            move |view, _, _| view.iter().cloned().for_each(&renew),
            false,
        );
    }
}

/// Loads the part, shows that it loads or what failed, and then what `form` makes of it. It is read again when somebody
/// changed it elsewhere, and when the connection is back.
#[component]
pub fn OpenPart(
    /// The server.
    server: ServerId,
    /// The daemon.
    family: Family,
    /// Which part of its configuration.
    query: ConfigurationQuery,
    /// Whether something typed earlier waits for it.
    #[prop(optional)]
    kept: bool,
    /// Makes the form.
    form: Callback<Opened, AnyView>,
) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let loader = Loader::<ConfigurationView>::default();
    let (params, query) = (StoredValue::new((server.clone(), family)), StoredValue::new(query));
    let load = Callback::new(move |()| {
        let path = GetConfiguration::path(&params.get_value());
        loader.run(async move { api.read::<GetConfiguration>(path, &query.get_value()).await });
    });
    load.run(());
    let hash = fleet.hash(server, family);
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
    let content = move || {
        known.track();
        let first = loader.answer().get_untracked()?;
        Some(form.run(Opened { first, load, loader }))
    };
    let waiting = move || {
        (!known.get() && failed().is_none())
            .then(|| view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading what Kea has…"</span></div> })
    };
    view! {
        {move || failed().map(|failure| view! {
            <ErrorNotice failure retry=load/>
            {(!known.get() && kept).then(|| view! {
                <Notice tone=Tone::Info title="What you typed here is kept and comes back as soon as Kea answers."/>
            })}
        })}
        {waiting}
        {content}
    }
}
