//! Entering a new shared network: its name, its daemon, and the subnets that belong to it.

use super::choose::ChooseSubnets;
use crate::{
    browser,
    forms::save::{Proposal, SaveDialog, Saving},
    routes::{Address, Route},
    state::Fleet,
    ui::{Glyph, Select, TextField, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{Role, ServerId},
    change::{Edit, Place},
};
use std::collections::BTreeMap;

/// The page.
#[component]
pub fn AddNetwork() -> impl IntoView {
    browser::set_title("Add shared network");
    let fleet = expect_context::<Fleet>();
    let daemons = Memo::new(move |_| daemons(fleet));
    let content = move || {
        let daemons = daemons.get();
        if daemons.is_empty() {
            view! { <p class="empty small">"There is no server to add it to. "<a href=Route::AddServer.path()>"Add a server"</a></p> }.into_any()
        } else {
            view! { <Form daemons/> }.into_any()
        }
    };
    view! {
        <header class="page-head">
            <div class="crumbs"><a href=Route::Networks.path()>{icon(Glyph::Back)} "Networks"</a></div>
            <div class="page-title"><h1>"Add shared network"</h1></div>
        </header>
        {content}
    }
}

type Daemon = (ServerId, Family);

/// The daemons that are known.
fn daemons(fleet: Fleet) -> Vec<Daemon> {
    fleet.view().answer().with(|view| {
        let servers = view.iter().flat_map(|view| &view.servers);
        let all = servers
            .flat_map(|status| status.daemons.iter().map(|daemon| (status.server.id.clone(), daemon.family)));
        all.collect()
    })
}

#[component]
fn Form(daemons: Vec<Daemon>) -> impl IntoView {
    let (fleet, address) = (expect_context::<Fleet>(), expect_context::<Address>());
    let at = RwSignal::new(0_usize);
    let (name, comment) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let tried = RwSignal::new(false);
    let chosen = RwSignal::new(BTreeMap::new());
    let choices = daemons.iter().enumerate().map(|(index, (server, family))| {
        (index.to_string(), format!("{}, {}", untrack(|| fleet.name(server)), family.protocol()))
    });
    let choices: Vec<(String, String)> = choices.collect();
    let daemons = StoredValue::new(daemons);
    let daemon = move || daemons.with_value(|all| all.get(at.get()).cloned());
    let choose = Callback::new(move |text: String| {
        chosen.set(BTreeMap::new());
        at.set(text.parse().unwrap_or_default());
    });
    let done = Callback::new(move |_| {
        if let Some((server, family)) = untrack(daemon) {
            address.go(&Route::Network(server, family, name.get_untracked().trim().to_owned()));
        }
    });
    let saving = Saving::new(done, Callback::new(|()| ()));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let name = name.get_untracked().trim().to_owned();
        let Some((server, family)) = untrack(daemon).filter(|_| !name.is_empty()) else {
            return browser::focus("network-name");
        };
        let mut edits = vec![Edit::add_network(&name, comment.get_untracked().trim())];
        let taken = chosen.get_untracked().into_values();
        edits.extend(taken.map(|(row, from): (perch_shared::api::SubnetRow, Option<String>)| {
            Edit::move_subnet(Place::root().subnet(row.id, row.subnet), from.as_deref(), Some(&name))
        }));
        saving.begin(Proposal::new(fleet, &server, family, None, edits));
    };
    let error = Signal::derive(move || {
        let is_missing = tried.get() && name.with(|name| name.trim().is_empty());
        if is_missing { "A shared network has a name.".to_owned() } else { String::new() }
    });
    let refused = fleet.lacks(Role::Operator);
    let list =
        move || daemon().map(|(server, family)| view! { <ChooseSubnets server family except=None chosen/> });
    view! {
        <form class="form" on:submit=save>
            <p class="hint">"Subnets of a shared network are on one link: a client of any of them may get an address of another. They inherit the network's parameters and options."</p>
            <Select id="network-daemon" label="Server" choices chosen=Signal::derive(move || at.get().to_string()) on_choose=choose/>
            <TextField id="network-name" label="Name" value=name on_input=Callback::new(move |text| name.set(text)) error placeholder="campus-north"/>
            <TextField id="network-comment" label="Comment" value=comment on_input=Callback::new(move |text| comment.set(text))/>
            <fieldset>
                <legend>"Its subnets"</legend>
                {list}
            </fieldset>
            <div class="form-foot">
                <button type="submit" class="btn primary" data-testid="network-save" disabled=move || refused.get().is_some() title=move || refused.get()>"Add shared network…"</button>
                <a class="btn ghost" href=Route::Networks.path()>"Cancel"</a>
            </div>
        </form>
        <SaveDialog saving/>
    }
}
