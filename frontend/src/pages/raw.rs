//! A daemon's whole configuration as text.

mod keep;
mod review;
mod sheet;

use super::daemon_param;
use crate::{
    api::Api,
    components::{ErrorNotice, NotFound, ServerFrame, Tab},
    state::{Fleet, Loader},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, ConfigurationView, Endpoint, GetConfiguration, ServerId},
};
use sheet::{Sheet, SheetView};

lazy_page!(raw_page, show);

/// The page.
fn show() -> AnyView {
    let at = daemon_param();
    view! {
        {move || match at.get() {
            Some((id, family)) => view! {
                <ServerFrame id=id.clone() tab=Tab::Raw family><Raw id family/></ServerFrame>
            }
            .into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Raw(id: ServerId, family: Family) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let loader = Loader::<ConfigurationView>::default();
    let params = StoredValue::new((id.clone(), family));
    let load = Callback::new(move |()| {
        let path = GetConfiguration::path(&params.get_value());
        loader.run(async move { api.read::<GetConfiguration>(path, &ConfigurationQuery::default()).await });
    });
    load.run(());
    let hash = fleet.hash(id.clone(), family);
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
    let known = Memo::new(move |_| loader.answer().with(Option::is_some));
    let content = move || {
        known.track();
        let first = loader.answer().get_untracked()?;
        let sheet = Sheet::new(id.clone(), family, first, load);
        Effect::watch(
            move || loader.answer().get(),
            move |view, _, _| view.iter().for_each(|view| sheet.renew(view.clone())),
            false,
        );
        Some(view! { <SheetView sheet/> })
    };
    let waiting = move || {
        (!known.get() && loader.failure().with(Option::is_none))
            .then(|| view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading what Kea has…"</span></div> })
    };
    view! {
        {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry=load/> })}
        {waiting}
        {content}
    }
}
