//! What one daemon says about itself.

use super::{StateBadge, abilities::Abilities, ha_section::HaSection, reload::ReloadButton};
use crate::{
    routes::Route,
    ui::{CopyButton, Notice, Tone, duration, prose},
};
use leptos::prelude::*;
use perch_shared::api::{ChannelKind, DaemonState, DaemonStatus, HookLibrary, ServerId};

/// One daemon: its state and why, its facts, its hooks, its HA relationships.
#[component]
pub fn DaemonCard(
    /// Which server it belongs to.
    id: ServerId,
    /// What it says.
    daemon: DaemonStatus,
) -> impl IntoView {
    let family = daemon.family;
    let options = Route::Options(id.clone(), family).path();
    let tone = if daemon.state == DaemonState::Unreachable { Tone::Bad } else { Tone::Warning };
    let reason = daemon.reason.clone().map(|reason| {
        let help = daemon.help.clone().map(|help| view! { <p class="remedy">{prose(&help)}</p> });
        view! { <Notice tone title=reason>{help}</Notice> }
    });
    let reachable = daemon.state != DaemonState::Unreachable;
    let state = Some(daemon.state);
    view! {
        <article class="card daemon" data-testid="daemon" data-family=family.service()>
            <header class="card-head">
                <h2>{family.protocol()} <code class="muted">{family.daemon()}</code></h2>
                <StateBadge state=Signal::derive(move || state)/>
                <div class="actions">
                    {reachable.then(|| view! { <a class="btn" href=options>"Options"</a> <ReloadButton id family/> })}
                </div>
            </header>
            {reason}
            {facts(&daemon)}
            {hooks(daemon.hooks)}
            {daemon.ha.into_iter().map(|ha| view! { <HaSection ha/> }).collect_view()}
            <Abilities abilities=daemon.abilities/>
        </article>
    }
}

fn facts(daemon: &DaemonStatus) -> impl IntoView + use<> {
    let channel = match daemon.channel {
        ChannelKind::ControlAgent => "Control Agent",
        ChannelKind::Direct => "its own control socket",
        ChannelKind::Unix => "its UNIX control socket",
    };
    let span = |label: &'static str, seconds: Option<u64>| {
        seconds.map(|seconds| {
            let exact = format!("{seconds} seconds ago");
            view! { <div><dt>{label}</dt><dd title=exact>{duration(seconds)} " ago"</dd></div> }
        })
    };
    let hash = daemon.hash.clone().map(|hash| {
        let short: String = hash.chars().take(12).collect();
        view! {
            <div>
                <dt>"Configuration"</dt>
                <dd><code title=hash.clone()>{short}</code><CopyButton text=hash label="Copy the whole hash"/></dd>
            </div>
        }
    });
    view! {
        <dl class="facts">
            {daemon.version.map(|version| view! { <div><dt>"Version"</dt><dd>{version.to_string()}</dd></div> })}
            {span("Started", daemon.uptime)}
            {span("Configuration loaded", daemon.reload)}
            {hash}
            <div><dt>"Reached through"</dt><dd>{channel} " " <code>{daemon.address.clone()}</code></dd></div>
        </dl>
    }
}

fn hooks(hooks: Vec<HookLibrary>) -> Option<impl IntoView> {
    (!hooks.is_empty()).then(|| {
        let one = |hook: HookLibrary| view! { <li><code title=hook.library>{hook.name}</code></li> };
        view! {
            <div class="hooks">
                <h4>"Hook libraries"</h4>
                <ul>{hooks.into_iter().map(one).collect_view()}</ul>
            </div>
        }
    })
}
