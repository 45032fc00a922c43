//! Every scope of the configuration that sets options.

use crate::{api::Api, components::ErrorNotice, forms::desk::Desk, routes::Route, state::Loader};
use leptos::prelude::*;
use perch_shared::{
    api::{ConfigurationQuery, ConfigurationView, Endpoint, GetConfiguration},
    change::Step,
    draft::{OptionsAt, options_everywhere},
};

/// How many scopes are drawn.
const MOST: usize = 500;

/// The list. The whole configuration is read when somebody asks for it.
#[component]
pub fn Everywhere(
    /// The desk.
    desk: Desk,
) -> impl IntoView {
    let api = expect_context::<Api>();
    let loader = Loader::<ConfigurationView>::default();
    let load = Callback::new(move |()| {
        let path = GetConfiguration::path(&desk.place());
        loader.run(async move { api.read::<GetConfiguration>(path, &ConfigurationQuery::default()).await });
    });
    let filter = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let view = loader.answer().get()?;
        let version = view.version;
        Some(options_everywhere(&view.into_config(), version))
    });
    let list = move || {
        let wanted = filter.get().to_lowercase();
        let fits = |one: &&OptionsAt| {
            let option = |(name, data): &(String, String)| {
                name.to_lowercase().contains(&wanted) || data.to_lowercase().contains(&wanted)
            };
            one.words.to_lowercase().contains(&wanted) || one.options.iter().any(option)
        };
        found.with(|found| {
            let all: Vec<&OptionsAt> = found.as_ref()?.iter().filter(fits).collect();
            let more = all.len().saturating_sub(MOST);
            let rows = all.into_iter().take(MOST).map(|one| row(desk, one)).collect_view();
            Some(view! {
                <ul class="everywhere-list" data-testid="everywhere">{rows}</ul>
                {(more > 0).then(|| view! { <p class="hint">{format!("{more} more. Filter by a name or a value.")}</p> })}
            })
        })
    };
    let head = move || {
        if found.with(Option::is_some) {
            return view! {
                <input
                    class="input"
                    type="search"
                    aria-label="Filter scopes"
                    placeholder="Filter: subnet, option or value"
                    data-testid="everywhere-filter"
                    prop:value=filter
                    on:input=move |event| filter.set(event_target_value(&event))
                />
            }
            .into_any();
        }
        view! {
            <button type="button" class="btn" data-testid="look-everywhere" disabled=move || loader.busy().get() on:click=move |_| load.run(())>"Look through all scopes"</button>
        }
        .into_any()
    };
    view! {
        <section class="everywhere" aria-label="Options everywhere">
            <h2>"Everywhere"</h2>
            <p class="hint">"Classes, shared networks, subnets, pools and reservations that set options of their own."</p>
            <div>{head}</div>
            {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry=load/> })}
            {list}
        </section>
    }
}

fn row(desk: Desk, one: &OptionsAt) -> AnyView {
    let (server, family) = desk.place();
    let route = match one.place.steps.first() {
        None => None,
        Some(Step::ClientClass(name)) => Some(Route::Class(server, family, name.clone())),
        Some(Step::SharedNetwork(name)) => Some(Route::Network(server, family, name.clone())),
        Some(Step::Subnet(subnet)) => subnet.id.map(|id| Route::Subnet(server, family, id)),
        Some(_) => Some(Route::Reservations),
    };
    let words = one.words.replace('`', "");
    let scope = match route {
        Some(route) => view! { <a href=route.path()>{words}</a> }.into_any(),
        None => view! { <strong>{words}</strong> }.into_any(),
    };
    let option = |(name, data): &(String, String)| {
        view! { <span class="everywhere-option"><span>{name.clone()}</span>" "<code>{data.clone()}</code></span> }
    };
    view! { <li data-testid="everywhere-row">{scope}<div>{one.options.iter().map(option).collect_view()}</div></li> }
        .into_any()
}
