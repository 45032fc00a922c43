//! A daemon's global options.

use super::server_param;
use crate::{
    api::Api,
    browser,
    components::{ErrorNotice, NotFound, ServerFrame, Tab},
    forms::options::{Keep, OptionsForm},
    state::{Fleet, Loader},
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};
use perch_shared::{
    Family,
    api::{GetOptions, OptionsView, ServerId},
};

/// The page.
#[derive(Debug)]
pub struct OptionsPage;

#[lazy_route]
impl LazyRoute for OptionsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (id, params) = (server_param(), use_params_map());
        let family = Memo::new(move |_| params.with(|params| params.get("family")?.parse::<Family>().ok()));
        view! {
            {move || match (id.get(), family.get()) {
                (Some(id), Some(family)) => view! { <Options id family/> }.into_any(),
                _ => view! { <NotFound/> }.into_any(),
            }}
        }
        .into_any()
    }
}

#[component]
fn Options(id: ServerId, family: Family) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    browser::set_title(&format!("{} options of {id}", family.protocol()));
    fleet.refresh(&id);
    let loader = Loader::<OptionsView>::default();
    let reads = StoredValue::new(0_u32);
    let params = (id.clone(), family);
    let load = Callback::new(move |()| {
        let params = params.clone();
        reads.update_value(|reads| *reads += 1);
        loader.run(async move { api.send::<GetOptions>(&params, &()).await });
    });
    load.run(());
    let kept = Keep::new(&id, family);
    let place = StoredValue::new((id.clone(), family));
    let shown = Memo::new(move |_| loader.answer().get().map(|view| (reads.get_value(), view)));
    let form = move || {
        shown.get().map(|(_, view)| view! { <OptionsForm view place=place.get_value() reload=load/> })
    };
    let waiting = move || {
        (shown.with(Option::is_none) && loader.failure().with(Option::is_none))
            .then(|| view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading the options…"</span></div> })
    };
    view! {
        <ServerFrame id tab=Tab::Options(family)>
            {move || loader.failure().get().map(|failure| view! {
                <ErrorNotice failure retry=load/>
                {(shown.with(Option::is_none) && kept.read().is_some()).then(|| view! {
                    <Notice tone=Tone::Info title="What you typed here is kept and comes back as soon as Kea answers."/>
                })}
            })}
            {waiting}
            {form}
        </ServerFrame>
    }
}
