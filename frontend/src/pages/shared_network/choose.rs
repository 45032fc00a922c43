//! Choosing among the subnets of a daemon.

use crate::{
    api::Api,
    components::ErrorNotice,
    state::Loader,
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{Endpoint, ListSubnets, ServerId, SubnetList, SubnetRow},
    find::Sought,
};
use std::collections::BTreeMap;

/// How many are drawn.
const MOST: usize = 200;

/// A list of boxes with a filter. What is chosen comes with the network that it belongs to now.
#[component]
pub fn ChooseSubnets(
    /// The server.
    server: ServerId,
    /// The daemon.
    family: Family,
    /// The shared network whose subnets are left out.
    except: Option<String>,
    /// What is chosen, by the subnets' ids.
    chosen: RwSignal<BTreeMap<u64, (SubnetRow, Option<String>)>>,
) -> impl IntoView {
    let api = expect_context::<Api>();
    let loader = Loader::<SubnetList>::default();
    let load = Callback::new(move |()| {
        let path = ListSubnets::path(&(server.clone(), family));
        loader.run(async move { api.read::<ListSubnets>(path, &()).await });
    });
    load.run(());
    let filter = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let sought = Sought::read(&filter.get());
        loader.answer().with(|list| {
            let list = list.as_ref()?;
            let network = |row: &SubnetRow| {
                row.network.and_then(|index| list.networks.get(index)).map(|network| network.name.clone())
            };
            let fits = |row: &&SubnetRow| {
                sought.as_ref().is_none_or(|sought| sought.distance(family, row).is_some())
            };
            let all = list.subnets.iter().filter(fits).map(|row| (row.clone(), network(row)));
            let others = all.filter(|(_, network)| except.is_none() || *network != except);
            Some(others.take(MOST + 1).collect::<Vec<_>>())
        })
    });
    let boxes = move || {
        found.get().map(|found| {
            let none = found.is_empty();
            let cut = found.len() > MOST;
            let boxes = found.into_iter().take(MOST).map(|(row, network)| one(row, network, chosen)).collect_view();
            view! {
                <div class="choices" role="group" aria-label="Subnets" tabindex="0">
                    {boxes}
                    {none.then(|| view! { <p class="items-empty">"No other subnet."</p> })}
                </div>
                {cut.then(|| view! { <p class="hint">{format!("The first {MOST} are shown: narrow the list with the filter.")}</p> })}
            }
        })
    };
    view! {
        <label class="filter choose-filter">
            {icon(Glyph::Search)}
            <span class="sr">"Filter subnets"</span>
            <input
                class="input"
                type="search"
                data-testid="choose-filter"
                placeholder="Address, prefix or comment"
                prop:value=filter
                on:input=move |event| filter.set(event_target_value(&event))
            />
        </label>
        {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry=load/> })}
        {boxes}
    }
}

fn one(
    row: SubnetRow,
    network: Option<String>,
    chosen: RwSignal<BTreeMap<u64, (SubnetRow, Option<String>)>>,
) -> AnyView {
    let (id, prefix, comment) = (row.id, row.subnet.clone(), row.comment.clone());
    let now = network.as_ref().map(|network| format!("in {network} now"));
    let toggle = move |event| {
        let is_on = event_target_checked(&event);
        chosen.update(|chosen| {
            if is_on {
                chosen.insert(id, (row.clone(), network.clone()));
            } else {
                chosen.remove(&id);
            }
        });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-testid="choose-subnet"
                data-prefix=prefix.clone()
                prop:checked=move || chosen.with(|chosen| chosen.contains_key(&id))
                on:change=toggle
            />
            <span><code>{prefix}</code> <span class="muted">{comment}</span> <span class="muted">{now}</span></span>
        </label>
    }
    .into_any()
}
