//! Everything about one lease.

use super::{
    LeaseRow,
    links::{reservations, reserve},
    state,
};
use crate::{
    browser,
    routes::Route,
    state::Fleet,
    ui::{CopyButton, Dialog, duration},
};
use leptos::prelude::*;
use perch_shared::api::Role;

/// Everything about a lease.
#[component]
pub fn Details(
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// The lease.
    row: RwSignal<Option<LeaseRow>>,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let title = Signal::derive(move || {
        row.with(|row| row.as_ref().map(|row| row.lease.address.clone()).unwrap_or_default())
    });
    view! {
        <Dialog open title testid="lease-dialog">
            <div class="dialog-body">{move || row.get().map(|row| facts(fleet, &row))}</div>
        </Dialog>
    }
}

fn facts(fleet: Fleet, row: &LeaseRow) -> AnyView {
    let LeaseRow { server, family, prefix, lease } = row;
    let now = browser::now();
    let (state, _) = state(lease, now);
    let time = |seconds: i64| browser::date_time(seconds);
    let texts = [
        ("Hardware address", &lease.hw_address),
        ("Client identifier", &lease.client_id),
        ("DUID", &lease.duid),
        ("Host name", &lease.hostname),
        ("Type", &lease.kind),
        ("Comment", &lease.comment),
    ];
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| {
        view! { <div><dt>{name}</dt><dd><code>{text.clone()}</code> <CopyButton text=text.clone() label="Copy"/></dd></div> }
    });
    let texts = texts.collect_view();
    let subnet = Route::Subnet(server.clone(), *family, lease.subnet);
    let words = if prefix.is_empty() { format!("ID {}", lease.subnet) } else { prefix.clone() };
    let reserve = reserve(row).ok().filter(|_| fleet.lacks(Role::Operator).get().is_none());
    view! {
        <dl class="facts">
            <div><dt>"State"</dt><dd>{state}</dd></div>
            <div><dt>"Server"</dt><dd>{fleet.name(server)} " " <span class="muted">{family.protocol()}</span></dd></div>
            <div><dt>"Subnet"</dt><dd><a href=subnet.path()>{words}</a></dd></div>
            {texts}
            {(lease.iaid > 0).then(|| view! { <div><dt>"IAID"</dt><dd>{lease.iaid}</dd></div> })}
            <div><dt>"Client last heard"</dt><dd>{time(lease.cltt)}</dd></div>
            <div><dt>"Expires"</dt><dd>{lease.ends().map_or_else(|| "never".to_owned(), time)}</dd></div>
            <div><dt>"Valid for"</dt><dd>{duration(lease.valid_lifetime)}</dd></div>
        </dl>
        <p class="head-facts">
            {reserve.map(|link| view! { <a class="btn" href=link data-testid="reserve">"Reserve for this client"</a> })}
            <a href=reservations(row)>"Reservations of this client"</a>
        </p>
    }
    .into_any()
}
