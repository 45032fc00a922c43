//! One HA relationship, as one of its servers sees it.

use crate::ui::{Glyph, icon, prose};
use leptos::prelude::*;
use perch_shared::api::{HaPeer, HaRelationship};

/// Mode, both sides and what it means.
#[component]
pub fn HaSection(
    /// The relationship.
    ha: HaRelationship,
) -> impl IntoView {
    let (class, glyph, word) =
        if ha.healthy { ("good", Glyph::Check, "Normal") } else { ("warning", Glyph::Warning, "Not normal") };
    let skew = ha.clock_skew.map(|seconds| {
        let class = if seconds.abs() >= 30 { "warning" } else { "" };
        view! { <div class=class><dt>"Clock difference"</dt><dd>{format!("{seconds} s")}</dd></div> }
    });
    let advice = ha.advice.map(
        |advice| view! { <p class="advice warning">{icon(Glyph::Warning)} <span>{prose(&advice)}</span></p> },
    );
    view! {
        <section class="ha" data-testid="ha" aria-label="High availability">
            <h3>
                "High availability "
                <span class="chip">{ha.mode}</span>
                <span class=format!("ha-word {class}")>{icon(glyph)} {word}</span>
            </h3>
            <div class="ha-peers">
                {peer(ha.local, "This server")}
                <span class="ha-link" class:broken=ha.communication_interrupted aria-hidden="true"></span>
                {ha.remote.map(|remote| peer(remote, "Partner"))}
            </div>
            <dl class="facts">
                <div>
                    <dt>"Heartbeats"</dt>
                    <dd>{if ha.communication_interrupted { "failing" } else { "arriving" }}</dd>
                </div>
                {skew}
            </dl>
            {advice}
        </section>
    }
}

fn peer(peer: HaPeer, whose: &'static str) -> impl IntoView {
    let scopes = if peer.scopes.is_empty() { "none".to_owned() } else { peer.scopes.join(", ") };
    view! {
        <div class="ha-peer">
            <p class="muted">{whose}</p>
            <p><strong>{peer.name}</strong> " " <span class="muted">{peer.role}</span></p>
            <p><code>{peer.state}</code></p>
            <p class="muted">"Scopes: " {scopes}</p>
            {peer.url.map(|url| view! { <p class="muted"><code>{url}</code></p> })}
        </div>
    }
}
