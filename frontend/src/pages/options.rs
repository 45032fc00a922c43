//! A daemon's global options.

use super::daemon_param;
use crate::{
    api::Api,
    components::{ErrorNotice, NotFound, ServerFrame, Tab},
    forms::options::{Keep, OptionsForm},
    state::{Fleet, Loader},
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{GetOptions, OptionsView, ServerId},
};

lazy_page!(options_page, options);

/// The page.
fn options() -> AnyView {
    let at = daemon_param();
    view! {
        {move || match at.get() {
            Some((id, family)) => view! { <Options id family/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Options(id: ServerId, family: Family) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    fleet.refresh(&id);
    let loader = Loader::<OptionsView>::default();
    let place = StoredValue::new((id.clone(), family));
    let load = Callback::new(move |()| {
        let place = place.get_value();
        loader.run(async move { api.send::<GetOptions>(&place, &()).await });
    });
    load.run(());
    Effect::watch(
        move || api.offline().get(),
        move |offline, _, _| {
            if !offline {
                load.run(())
            }
        },
        false,
    );
    let known = Memo::new(move |_| loader.answer().with(Option::is_some));
    let failed = move || loader.failure().get();
    let kept = Keep::new(&id, family);
    let form = move || {
        known.track();
        let first = loader.answer().get_untracked()?;
        let view = Signal::derive(move || loader.answer().get().unwrap_or_else(|| first.clone()));
        Some(view! { <OptionsForm view place=place.get_value() reload=load/> })
    };
    let waiting = move || {
        (!known.get() && failed().is_none())
            .then(|| view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading the options…"</span></div> })
    };
    view! {
        <ServerFrame id tab=Tab::Options family>
            {move || failed().map(|failure| view! {
                <ErrorNotice failure retry=load/>
                {(!known.get() && kept.read().is_some()).then(|| view! {
                    <Notice tone=Tone::Info title="What you typed here is kept and comes back as soon as Kea answers."/>
                })}
            })}
            {waiting}
            {form}
        </ServerFrame>
    }
}
