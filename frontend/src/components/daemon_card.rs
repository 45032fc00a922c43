//! What one daemon says about itself.

use super::{StateBadge, abilities::Abilities, ha_section::HaSection, reload::ReloadButton};
use crate::{
    routes::Route,
    ui::{CopyButton, Notice, Tone, duration, remedy},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ChannelKind, DaemonState, DaemonStatus, HookLibrary, Reason, ServerId},
};

/// One daemon: its state and why, its facts, its hooks, its HA relationships. Each part is drawn anew only when it
/// changed, so that a refresh closes nothing.
#[component]
pub fn DaemonCard(
    /// Which server it belongs to.
    id: ServerId,
    /// Which daemon.
    family: Family,
    /// What it says.
    daemon: Memo<DaemonStatus>,
) -> impl IntoView {
    let options = Route::Options(id.clone(), family).path();
    let state = Signal::derive(move || Some(daemon.with(|daemon| daemon.state)));
    let reachable = Memo::new(move |_| daemon.with(|daemon| daemon.state != DaemonState::Unreachable));
    let reasons = Memo::new(move |_| daemon.with(|daemon| (daemon.state, daemon.reasons.clone())));
    let loaded = Memo::new(move |_| daemon.with(|daemon| daemon.hooks.clone()));
    let ha = Memo::new(move |_| daemon.with(|daemon| daemon.ha.clone()));
    let abilities = Memo::new(move |_| daemon.with(|daemon| daemon.abilities.clone()));
    view! {
        <article class="card daemon" data-testid="daemon" data-family=family.service()>
            <header class="card-head">
                <h2>{family.protocol()} <code class="muted">{family.daemon()}</code></h2>
                <StateBadge state/>
                <div class="actions">
                    {move || reachable.get().then(|| view! { <a class="btn" href=options.clone()>"Options"</a> <ReloadButton id=id.clone() family/> })}
                </div>
            </header>
            {move || {
                let (state, reasons) = reasons.get();
                reasons.into_iter().map(|reason| why(state, reason)).collect_view()
            }}
            {move || daemon.with(facts)}
            {move || hooks(loaded.get())}
            {move || ha.get().into_iter().map(|ha| view! { <HaSection ha/> }).collect_view()}
            {move || view! { <Abilities abilities=abilities.get()/> }}
        </article>
    }
}

fn why(state: DaemonState, reason: Reason) -> impl IntoView {
    let tone = if state == DaemonState::Unreachable { Tone::Bad } else { Tone::Warning };
    let help = Some(reason.help).filter(|help| !help.is_empty());
    let help = help.map(|help| view! { <p class="remedy" data-testid="remedy">{remedy(&help)}</p> });
    view! { <Notice tone title=reason.text>{help}</Notice> }
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
                <dd><code title=hash.clone()>{short}</code><CopyButton text=hash.clone() label="Copy the whole hash"/></dd>
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
                <h3>"Hook libraries"</h3>
                <ul>{hooks.into_iter().map(one).collect_view()}</ul>
            </div>
        }
    })
}
