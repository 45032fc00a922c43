//! One server in the list.

use crate::{
    components::StateBadge,
    routes::{Address, Route},
    state::Fleet,
    ui::{Menu, MenuItem, prose},
};
use leptos::{ev::KeyboardEvent, prelude::*};
use perch_shared::{
    Family,
    api::{DaemonStatus, Origin, Role, Server, ServerId, ServerStatus},
};
use wasm_bindgen::JsCast;

/// One server. It asks for its own state whenever `tick` changes.
#[component]
pub fn ServerRow(
    /// The inventory entry.
    server: Server,
    /// Changes when it is time to ask again.
    tick: Signal<u32>,
    /// Takes the server that somebody wants to remove.
    removing: RwSignal<Option<Server>>,
    /// The server that is shown beside the list; `None`: none, there is no room.
    here: Signal<Option<ServerId>>,
    /// Takes the server that somebody chose.
    picked: RwSignal<Option<ServerId>>,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let loader = fleet.status(&server.id);
    let id = server.id.clone();
    Effect::new(move |_| {
        tick.track();
        fleet.refresh(&id);
    });
    let answer = loader.answer();
    let refused = fleet.lacks(Role::Administrator);
    let state = Signal::derive(move || answer.with(|status| status.as_ref().map(|status| status.state)));
    let part =
        move |show: fn(&ServerStatus) -> AnyView| move || answer.with(|status| status.as_ref().map(show));
    let stale = move || loader.failure().with(Option::is_some);
    let why = move || {
        loader
            .failure()
            .get()
            .map(|failure| view! { <p class="row-reason">{prose(&failure.body.message)}</p> })
    };
    let addresses: Vec<String> = server.channels.iter().map(|channel| channel.address.clone()).collect();
    let (id, href, name) =
        (server.id.to_string(), Route::Server(server.id.clone()).path(), server.name.clone());
    let (mine, pick, focused) = (server.id.clone(), server.id.clone(), server.id.clone());
    let is_here = move || here.with(|here| *here == Some(mine.clone()));
    view! {
        <tr
            class="server"
            class:stale=stale
            class:here=is_here
            data-testid="server-row"
            data-id=id
            on:click=move |_| picked.set(Some(pick.clone()))
            on:focusin=move |_| picked.set(Some(focused.clone()))
        >
            <td class="cell-name">
                <a class="row-link" href=href>{name}</a>
            </td>
            <td class="cell-state" data-label="State">
                <StateBadge state/>
                {part(reasons)}
                {why}
            </td>
            <td data-label="Kea">{part(versions)}</td>
            <td data-label="HA">{part(ha)}</td>
            <td class="cell-address" data-label="Address"><code>{addresses.join(", ")}</code></td>
            <td class="cell-menu">{move || view! { <RowMenu server=server.clone() removing refused=refused.get()/> }}</td>
        </tr>
    }
}

fn reasons(status: &ServerStatus) -> AnyView {
    let mut reasons: Vec<&String> =
        status.daemons.iter().flat_map(|daemon| &daemon.reasons).map(|reason| &reason.text).collect();
    reasons.dedup();
    reasons
        .into_iter()
        .map(|reason| view! { <p class="row-reason">{prose(reason)}</p> })
        .collect_view()
        .into_any()
}

/// Each daemon with its version; one line where both have the same.
fn versions(status: &ServerStatus) -> AnyView {
    let one = |daemon: &DaemonStatus| {
        let version = daemon.version.map(|version| version.to_string());
        view! {
            <span class="daemon-version">
                <span class="muted">{daemon.family.protocol()}</span>
                <span class="number">{version.unwrap_or_else(|| "–".into())}</span>
            </span>
        }
    };
    status.daemons.iter().map(one).collect_view().into_any()
}

fn ha(status: &ServerStatus) -> AnyView {
    let mut seen: Vec<(String, String, bool)> = Vec::new();
    for ha in status.daemons.iter().flat_map(|daemon| &daemon.ha) {
        let found = (ha.local.role.clone(), ha.local.state.clone(), ha.healthy);
        if !seen.contains(&found) {
            seen.push(found);
        }
    }
    if seen.is_empty() {
        return view! { <span class="muted">"–"</span> }.into_any();
    }
    seen.into_iter()
        .map(|(role, state, healthy)| {
            view! { <span class="row-ha">{role} " " <span class="chip" class:warning=!healthy>{state}</span></span> }
        })
        .collect_view()
        .into_any()
}

#[component]
fn RowMenu(
    server: Server,
    removing: RwSignal<Option<Server>>,
    refused: Option<&'static str>,
) -> impl IntoView {
    let (address, fleet) = (expect_context::<Address>(), expect_context::<Fleet>());
    let edit = Route::EditServer(server.id.clone());
    let fixed = match server.origin {
        Origin::Inventory => refused,
        Origin::Settings => Some("named on the command line or in perch.toml"),
        Origin::Demo => Some("part of the demo fleet"),
    };
    let label = format!("Actions for {}", server.name);
    let id = server.id.clone();
    let family = if has(&server, Family::V4) { Family::V4 } else { Family::V6 };
    let go = move |label, route: Route| MenuItem {
        label,
        refused: None,
        act: Callback::new(move |()| address.go(&route)),
    };
    let asked = id.clone();
    let items = vec![
        go("Properties", Route::Properties(id.clone(), family)),
        go("Options", Route::Options(id.clone(), family)),
        go("Custom options", Route::CustomOptions(id.clone(), family)),
        go("Client classes", Route::Classes(id.clone(), family)),
        go("Networks", Route::ServerNetworks(id.clone())),
        go("Raw configuration", Route::Raw(id.clone(), family)),
        go("History", Route::ServerHistory(id)),
        MenuItem { label: "Synchronize", refused: None, act: Callback::new(move |()| fleet.refresh(&asked)) },
        MenuItem { label: "Edit", refused: fixed, act: Callback::new(move |()| address.go(&edit)) },
        MenuItem {
            label: "Remove…",
            refused: fixed,
            act: Callback::new(move |()| removing.set(Some(server.clone()))),
        },
    ];
    view! { <Menu label items testid="row-menu"/> }
}

fn has(server: &Server, family: Family) -> bool {
    server.channels.iter().any(|channel| channel.daemons.contains(&family))
}

/// Moves the focus to the row above or below.
pub fn step(event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let elsewhere = |element: &web_sys::Element| {
        element.closest("textarea, select, dialog, .menu").ok().flatten().is_some()
    };
    if target.as_ref().is_some_and(elsewhere) {
        return;
    }
    let Ok(found) = document().query_selector_all(".row-link") else { return };
    let links: Vec<web_sys::HtmlElement> =
        (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let now = links.iter().position(|link| focused.as_ref() == Some(link.as_ref()));
    let next = match (now, event.key() == "ArrowDown") {
        (Some(now), true) => (now + 1).min(links.len().saturating_sub(1)),
        (Some(now), false) => now.saturating_sub(1),
        (None, _) => 0,
    };
    if let Some(link) = links.get(next) {
        event.prevent_default();
        let _ = link.focus();
    }
}
