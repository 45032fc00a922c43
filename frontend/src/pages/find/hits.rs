//! What was found, by kind.

use crate::{
    routes::Route,
    state::Fleet,
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{Hit, HitKind, Lease, LeaseState, ReservationRow, ServerId},
};

/// The kinds, in the order in which they are shown.
const KINDS: [(&str, Glyph, &str); 6] = [
    ("lease", Glyph::Lease, "Leases"),
    ("reservation", Glyph::Reserved, "Reservations"),
    ("subnet", Glyph::Networks, "Subnets and pools"),
    ("network", Glyph::Networks, "Shared networks"),
    ("class", Glyph::Filter, "Client classes"),
    ("server", Glyph::Servers, "Servers"),
];

/// A hit, and the servers that have it: what HA partners have in common is one.
pub type Group = (Hit, Vec<ServerId>);

/// Puts together what HA partners have in common.
pub fn grouped(hits: Vec<Hit>, fleet: Fleet) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::with_capacity(hits.len());
    for hit in hits {
        let partners = hit.family.map(|family| fleet.partners(&hit.server, family)).unwrap_or_default();
        let same = |(other, _): &&mut Group| {
            other.family == hit.family && other.what == hit.what && partners.contains(&other.server)
        };
        match groups.iter_mut().find(same) {
            Some((_, servers)) => servers.push(hit.server),
            None => {
                let server = hit.server.clone();
                groups.push((hit, vec![server]));
            }
        }
    }
    groups
}

/// The hits under the heads of their kinds.
#[component]
pub fn Hits(
    /// The hits, the closest first.
    hits: Vec<Group>,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let of = |(kind, glyph, title): (&'static str, Glyph, &'static str)| {
        let mine: Vec<&Group> = hits.iter().filter(|(hit, _)| kind_of(&hit.what) == kind).collect();
        if mine.is_empty() {
            return None;
        }
        let count = mine.len();
        let lines = mine.into_iter().map(|(hit, servers)| line(hit, servers, fleet)).collect_view();
        Some(view! {
            <section class="card hits" data-testid=format!("hits-{kind}")>
                <h2>{icon(glyph)} {title} <span class="muted">{count}</span></h2>
                <ul>{lines}</ul>
            </section>
        })
    };
    KINDS.map(of).into_iter().flatten().collect_view()
}

fn kind_of(what: &HitKind) -> &'static str {
    match what {
        HitKind::Lease(_) => "lease",
        HitKind::Reservation(_) => "reservation",
        HitKind::Subnet { .. } => "subnet",
        HitKind::Network(_) => "network",
        HitKind::Class(_) => "class",
        HitKind::Server => "server",
    }
}

fn line(hit: &Hit, servers: &[ServerId], fleet: Fleet) -> AnyView {
    let (server, family) = (hit.server.clone(), hit.family.unwrap_or(Family::V4));
    let name = {
        let servers = servers.to_vec();
        move || servers.iter().map(|server| fleet.name(server)).collect::<Vec<_>>().join(", ")
    };
    let (href, title, more) = match &hit.what {
        HitKind::Server => (Route::Server(server).path(), fleet.name(&hit.server), ().into_any()),
        HitKind::Subnet { id, subnet, pool, comment } => {
            let pool = pool.clone().map(|pool| view! { <span>"in pool " <code>{pool}</code></span> });
            let more = view! { {pool} {note(comment)} }.into_any();
            (Route::Subnet(server, family, *id).path(), subnet.clone(), more)
        }
        HitKind::Network(name) => {
            (Route::Network(server, family, name.clone()).path(), name.clone(), ().into_any())
        }
        HitKind::Class(name) => {
            (Route::Class(server, family, name.clone()).path(), name.clone(), ().into_any())
        }
        HitKind::Reservation(row) => {
            let href = match row.subnet {
                Some(id) => Route::Subnet(server, family, id).path(),
                None => Route::Reservations.with(&[("q", &row.value)]),
            };
            (href, reserved(row), reservation(row))
        }
        HitKind::Lease(found) => {
            (Route::Leases.with(&[("q", &found.address)]), found.address.clone(), lease(found))
        }
    };
    let family = hit.family.map(|family| view! { <span class="muted">{family.protocol()}</span> });
    view! {
        <li class="hit" data-testid="hit">
            <a href=href><code>{title}</code></a>
            <span class="hit-more">{more}</span>
            <span class="hit-place">{name} " " {family}</span>
        </li>
    }
    .into_any()
}

fn note(text: &str) -> Option<AnyView> {
    (!text.is_empty()).then(|| view! { <span class="muted">{text.to_owned()}</span> }.into_any())
}

fn coded(text: &str) -> Option<AnyView> {
    (!text.is_empty()).then(|| view! { <code>{text.to_owned()}</code> }.into_any())
}

fn reserved(row: &ReservationRow) -> String {
    if row.addresses.is_empty() { row.value.clone() } else { row.addresses.join(", ") }
}

fn reservation(row: &ReservationRow) -> AnyView {
    let place = if row.prefix.is_empty() { "global".to_owned() } else { format!("in {}", row.prefix) };
    view! {
        {coded(&row.value)} {note(&row.identifier)} {(!row.hostname.is_empty()).then(|| row.hostname.clone())}
        <span>{place}</span> {note(&row.comment)}
    }
    .into_any()
}

fn lease(lease: &Lease) -> AnyView {
    let (word, class) = match lease.state {
        LeaseState::Assigned => ("assigned", "chip"),
        LeaseState::Declined => ("declined", "chip warning"),
        LeaseState::Reclaimed => ("reclaimed", "chip"),
        LeaseState::Released => ("released", "chip"),
        LeaseState::Registered => ("registered", "chip"),
        LeaseState::Other => ("other state", "chip"),
    };
    let who = [&lease.hw_address, &lease.duid, &lease.client_id].into_iter().find(|text| !text.is_empty());
    view! {
        <span class=class>{word}</span> {who.and_then(|who| coded(who))}
        {(!lease.hostname.is_empty()).then(|| lease.hostname.clone())} {note(&lease.comment)}
    }
    .into_any()
}
