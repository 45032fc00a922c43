//! One member of an HA relationship, and what it says of its partner.

use crate::{
    components::StateBadge,
    routes::Route,
    state::Fleet,
    ui::{duration, prose},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{HaRelationship, PairMember},
};

/// Kea warns of clocks that differ by so many seconds.
const SKEW: u64 = 30;

#[component]
pub fn Member(member: PairMember, mode: String, family: Family) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let reached = member.reached;
    let name = member.server.as_ref().map(|id| {
        view! { <a href=Route::Server(id.clone()).path()>{fleet.name(id)}</a> }
    });
    let says = member.server.as_ref().and_then(|id| {
        let daemon = fleet.daemon(id, family)?;
        daemon.ha.into_iter().find(|ha| ha.local.name == member.name)
    });
    let normal = member.state.as_deref() == Some(&mode) || member.role == "backup";
    let state = member.state.clone().unwrap_or_else(|| "unknown".to_owned());
    let scopes = if !member.scopes.is_empty() {
        member.scopes.join(", ")
    } else if matches!(member.role.as_str(), "standby" | "backup") {
        "none: it answers no client while the primary does".to_owned()
    } else {
        "none".to_owned()
    };
    view! {
        <article class="card pair-member" data-testid="pair-member" data-name=member.name.clone()>
            <header class="card-head">
                <h2>{member.name.clone()}</h2>
                <span class="muted">{member.role.clone()}</span>
                {reached.map(|state| view! { <StateBadge state=Some(state)/> })}
            </header>
            <dl class="facts">
                <div><dt>"Server"</dt><dd>{name.map_or_else(|| "not registered".into_any(), IntoAny::into_any)}</dd></div>
                <div class:warning=!normal><dt>"State"</dt><dd data-testid="member-state">{state}</dd></div>
                <div><dt>"Serves the scopes"</dt><dd>{scopes}</dd></div>
                <div><dt>"Partners reach it at"</dt><dd><code>{member.url.clone()}</code></dd></div>
            </dl>
            {says.map(partner)}
        </article>
    }
}

/// What it says of its partner.
fn partner(ha: HaRelationship) -> Option<AnyView> {
    let remote = ha.remote?;
    let heard = ha.contact.filter(|contact| contact.in_touch).map(|contact| {
        let words =
            if contact.age == 0 { "just now".to_owned() } else { format!("{} ago", duration(contact.age)) };
        fact("Last heard", words, false)
    });
    let skew =
        ha.clock_skew.map(|skew| fact("Clock difference", format!("{skew} s"), skew.unsigned_abs() >= SKEW));
    let clients = ha.contact.filter(|_| ha.communication_interrupted).map(|contact| {
        view! {
            {fact("Clients that try it", contact.connecting_clients.to_string(), false)}
            {fact("Clients it lets wait", contact.unacked_clients.to_string(), contact.unacked_clients > 0)}
            {fact("More until it is taken to be down", contact.unacked_clients_left.to_string(), false)}
            {fact("Packets looked at", contact.analyzed_packets.to_string(), false)}
        }
    });
    let advice = ha.advice.map(|advice| view! { <p class="remedy">{prose(&advice)}</p> });
    let heartbeats = if ha.communication_interrupted { "failing" } else { "arriving" };
    Some(
        view! {
            <h3>{format!("What it says of {}", remote.name)}</h3>
            <dl class="facts">
                {fact("Heartbeats", heartbeats.to_owned(), ha.communication_interrupted)}
                {fact("Its state, as last heard", remote.state, false)}
                {heard}
                {skew}
                {clients}
            </dl>
            {advice}
        }
        .into_any(),
    )
}

fn fact(name: &'static str, value: String, warning: bool) -> AnyView {
    view! { <div class:warning=warning><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}
