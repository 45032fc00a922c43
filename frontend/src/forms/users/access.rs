//! What somebody may do, and on which servers.

use crate::{
    state::Fleet,
    ui::{Segments, prose},
};
use leptos::prelude::*;
use perch_shared::api::{Role, ServerId};
use std::collections::BTreeSet;

/// A role and a limit while they are chosen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Access {
    role: RwSignal<Role>,
    limited: RwSignal<bool>,
    servers: RwSignal<BTreeSet<ServerId>>,
}

impl Access {
    /// What is chosen at first.
    pub(super) fn new(role: Role, servers: Option<BTreeSet<ServerId>>) -> Self {
        Self {
            role: RwSignal::new(role),
            limited: RwSignal::new(servers.is_some()),
            servers: RwSignal::new(servers.unwrap_or_default()),
        }
    }

    /// The role.
    pub(super) fn role(self) -> Role {
        self.role.get_untracked()
    }

    /// The limit; `None`: all servers.
    pub(super) fn servers(self) -> Option<BTreeSet<ServerId>> {
        self.limited.get_untracked().then(|| self.servers.get_untracked())
    }
}

/// What a role may, in one sentence.
pub(super) const fn about(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Sees everything but secrets, and previews changes.",
        Role::Operator => "Also changes what Kea does.",
        Role::Administrator => {
            "Also decides which servers and users there are, and sees the secrets in Kea's configuration."
        }
    }
}

/// The fields. An administrator of some servers only cannot change users.
#[component]
pub(super) fn AccessFields(
    access: Access,
    /// What is wrong with the role; empty: nothing.
    role_error: Signal<String>,
    /// What is wrong with the servers; empty: nothing.
    servers_error: Signal<String>,
) -> impl IntoView {
    let roles = Role::ALL.map(|role| (role.word(), role.word())).to_vec();
    let choose = move |word: &'static str| {
        if let Ok(role) = word.parse() {
            access.role.set(role);
        }
    };
    let reach = Signal::derive(move || if access.limited.get() { "some" } else { "all" });
    let only_some = move || {
        let both = access.limited.get() && access.role.get() == Role::Administrator;
        both.then(|| view! { <p class="hint">"An administrator of some servers does not see who may sign in, and cannot add servers."</p> })
    };
    view! {
        <div class="field" role="group" aria-label="Role">
            <span class="field-label">"Role"</span>
            <Segments label="Role" name="role" choices=roles chosen=Signal::derive(move || access.role.get().word()) on_choose=Callback::new(choose)/>
            <div class="note">
                <p class="field-error" role="alert">{move || prose(&role_error.get())}</p>
                <p class="hint">{move || about(access.role.get())}</p>
            </div>
        </div>
        <div class="field" role="group" aria-label="Servers">
            <span class="field-label">"Servers"</span>
            <Segments label="Servers" name="reach" choices=vec![("all", "All servers"), ("some", "Only some")] chosen=reach on_choose=Callback::new(move |word| access.limited.set(word == "some"))/>
            {move || access.limited.get().then(|| view! { <Servers chosen=access.servers/> })}
            <div class="note">
                <p class="field-error" role="alert">{move || prose(&servers_error.get())}</p>
                {only_some}
            </div>
        </div>
    }
}

/// Every server that Perch knows, and those of the limit that it does not know any more.
#[component]
fn Servers(chosen: RwSignal<BTreeSet<ServerId>>) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let at_first = chosen.get_untracked();
    let boxes = move || {
        let known = fleet.servers().answer().get().unwrap_or_default();
        let mut all: Vec<(ServerId, String)> =
            known.into_iter().map(|server| (server.id, server.name)).collect();
        let gone: Vec<&ServerId> =
            at_first.iter().filter(|id| !all.iter().any(|(known, _)| known == *id)).collect();
        let gone: Vec<(ServerId, String)> = gone.into_iter().map(|id| (id.clone(), id.to_string())).collect();
        all.extend(gone);
        if all.is_empty() {
            return view! { <p class="items-empty">"There are no servers yet."</p> }.into_any();
        }
        all.into_iter().map(|(id, name)| one(id, name, chosen)).collect_view().into_any()
    };
    view! { <div class="choices" role="group" aria-label="Servers to see" tabindex="0" data-testid="servers">{boxes}</div> }
}

fn one(id: ServerId, name: String, chosen: RwSignal<BTreeSet<ServerId>>) -> impl IntoView {
    let (mine, testid) = (id.clone(), format!("server-{id}"));
    let is_on = move || chosen.with(|chosen| chosen.contains(&mine));
    let id_text = id.to_string();
    let change = move |event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            if on {
                chosen.insert(id.clone())
            } else {
                chosen.remove(&id)
            };
        });
    };
    view! {
        <label class="check">
            <input type="checkbox" data-testid=testid prop:checked=is_on on:change=change/>
            <span>{name} <small class="muted">{id_text}</small></span>
        </label>
    }
}
