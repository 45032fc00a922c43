//! What there is to know about the selected server, beside the list.

use crate::{
    components::StateBadge,
    routes::Route,
    state::Fleet,
    ui::{duration, prose},
};
use leptos::prelude::*;
use perch_shared::api::{DaemonStatus, Server, ServerId, ServerStatus};

/// The panel.
#[component]
pub fn Inspector(selected: Signal<Option<Server>>) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let content = move || {
        let server = selected.get()?;
        let status = fleet
            .view()
            .answer()
            .with(|view| view.as_ref()?.servers.iter().find(|status| status.server.id == server.id).cloned());
        Some(show(fleet, server, status))
    };
    view! { <aside class="inspector card" data-testid="inspector" aria-label="Selected server">{content}</aside> }
}

fn show(fleet: Fleet, server: Server, status: Option<ServerStatus>) -> AnyView {
    let id = server.id.clone();
    let state = status.as_ref().map(|status| status.state);
    let daemons = status.into_iter().flat_map(|status| status.daemons);
    let daemons = daemons.map(|one| daemon(fleet, &id, one)).collect_view();
    let addresses = server
        .channels
        .iter()
        .map(|channel| view! { <p><code>{channel.address.clone()}</code></p> })
        .collect_view();
    view! {
        <header class="inspector-head">
            <h2><a href=Route::Server(server.id.clone()).path()>{server.name}</a></h2>
            <StateBadge state=state/>
        </header>
        <section><h3>"Addresses"</h3>{addresses}</section>
        {daemons}
    }
    .into_any()
}

fn daemon(fleet: Fleet, id: &ServerId, daemon: DaemonStatus) -> AnyView {
    let family = daemon.family;
    let version = daemon.version.map(|version| version.to_string()).unwrap_or_default();
    let reasons = daemon
        .reasons
        .iter()
        .map(|reason| view! { <p class="inspector-reason">{prose(&reason.text)}</p> })
        .collect_view();
    let uptime =
        daemon.uptime.map(|uptime| view! { <p class="muted">"Started " {duration(uptime)} " ago"</p> });
    let hooks = daemon
        .hooks
        .iter()
        .map(|hook| view! { <li><code title=hook.library.clone()>{hook.name.clone()}</code></li> })
        .collect_view();
    let has_hooks = !daemon.hooks.is_empty();
    let pairs = fleet.pairs_of(id, family).into_iter().map(|pair| {
        let name = fleet.pair_name(&pair);
        view! { <p>"HA: " <a href=Route::Pair(pair.id.to_string()).path()>{name}</a></p> }
    });
    let links = [
        (Route::Properties(id.clone(), family), "Properties"),
        (Route::Options(id.clone(), family), "Options"),
        (Route::Classes(id.clone(), family), "Classes"),
        (Route::Raw(id.clone(), family), "Raw"),
    ];
    let links = links.map(|(to, word)| view! { <a href=to.path()>{word}</a> });
    view! {
        <section>
            <h3>{family.protocol()} " " <span class="number">{version}</span></h3>
            {reasons}
            {uptime}
            {pairs.collect_view()}
            {has_hooks.then(|| view! { <div class="hooks"><ul>{hooks}</ul></div> })}
            <p class="inspector-links">{links}</p>
        </section>
    }
    .into_any()
}
