//! Leases in a table, with everything about one in a dialog.

mod details;
mod links;

use crate::{
    browser,
    routes::{Address, Route},
    state::Fleet,
    ui::{Column, Columns, MenuItem, Notice, Sort, Table, TableRow, Tone, duration},
};
use details::Details;
use leptos::prelude::*;
use links::{reservations, reserve};
use perch_shared::{
    Family,
    api::{Lease, LeaseState, Role, ServerId},
    net::parse_address,
};

/// A lease, and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaseRow {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// The prefix of its subnet; empty: not known.
    pub prefix: String,
    /// The lease.
    pub lease: Lease,
}

/// Whether a daemon answers questions about leases; `None`: not known yet. Tracks the fleet.
pub fn has_lease_cmds(fleet: Fleet, server: &ServerId, family: Family) -> Option<bool> {
    let daemon = fleet.daemon(server, family)?;
    // Who has not said its version has not said its hooks either.
    daemon.version.map(|_| daemon.hooks.iter().any(|hook| hook.name == "lease_cmds"))
}

/// Servers that cannot be asked for leases, and what to do.
#[component]
pub fn NoLeaseCmds(
    /// The servers.
    servers: Vec<ServerId>,
    /// The daemon.
    family: Family,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let links = servers.into_iter().enumerate().map(|(index, server)| {
        let (name, href) = (fleet.name(&server), Route::Server(server).path());
        view! { {if index > 0 { ", " } else { "" }} <a href=href>{name}</a> }
    });
    let links = links.collect_view();
    view! {
        <div data-testid="no-lease-cmds">
            <Notice tone=Tone::Info title=format!("{} leases cannot be read everywhere: `lease_cmds` is not loaded.", family.protocol())>
                <p>"Kea tells about its leases only through this hook library, which every Kea package ships. Add "<code>"libdhcp_lease_cmds.so"</code>" to "<code>"hooks-libraries"</code>" and restart the daemon or reload its configuration. The entry to copy is on the server's page: " {links} "."</p>
            </Notice>
        </div>
    }
}

const COLUMNS: [Column; 7] = [
    Column::new("address", "Address", "minmax(150px, 1.2fr)"),
    Column::new("identifier", "Client", "minmax(150px, 1.4fr)"),
    Column::new("hostname", "Host name", "minmax(110px, 1.2fr)"),
    Column::new("subnet", "Subnet", "minmax(120px, 1fr)"),
    Column::new("state", "State", "minmax(100px, 110px)").narrow(),
    Column::new("expires", "Expires", "minmax(100px, 130px)").narrow(),
    Column::new("server", "Server", "minmax(100px, 1fr)"),
];

/// The same without subnet and server, which are the page's.
const OF_SUBNET: [Column; 5] = [
    Column::new("address", "Address", "minmax(150px, 1.2fr)"),
    Column::new("identifier", "Client", "minmax(150px, 1.4fr)"),
    Column::new("hostname", "Host name", "minmax(110px, 1.2fr)"),
    Column::new("state", "State", "minmax(100px, 110px)").narrow(),
    Column::new("expires", "Expires", "minmax(100px, 130px)").narrow(),
];

/// The table.
#[component]
pub fn LeaseTable(
    /// Its name for tests.
    name: &'static str,
    /// The leases.
    #[prop(into)]
    rows: Signal<Vec<LeaseRow>>,
    /// Whether all are of one subnet, so that it is not said.
    #[prop(optional)]
    in_subnet: bool,
    /// What is said where there are none.
    empty: &'static str,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let sort = RwSignal::new(("address", false));
    let columns = if in_subnet { Columns::new(name, &OF_SUBNET) } else { Columns::new(name, &COLUMNS) };
    let open = RwSignal::new(None::<LeaseRow>);
    let is_open = RwSignal::new(false);
    let show = Callback::new(move |row: LeaseRow| {
        open.set(Some(row));
        is_open.set(true);
    });
    let refused = fleet.lacks(Role::Operator);
    let now = browser::now();
    let sorted = Memo::new(move |_| {
        let mut rows = rows.get();
        order(&mut rows, sort.get());
        rows
    });
    let revision = Memo::new(move |before: Option<&u64>| {
        sorted.track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let row = Callback::new(move |index: usize| {
        let Some(row) = sorted.with_untracked(|rows| rows.get(index).cloned()) else {
            return TableRow {
                key: String::new(),
                href: String::new(),
                cells: Vec::new(),
                menu: None,
                title: String::new(),
            };
        };
        let LeaseRow { server, family, prefix, lease } = row.clone();
        let address = lease.address.clone();
        let of_menu = row.clone();
        let items = Callback::new(move |()| menu(&of_menu, refused.get_untracked(), show));
        let subnet = if prefix.is_empty() { format!("ID {}", lease.subnet) } else { prefix };
        let href = Route::Subnet(server.clone(), family, lease.subnet).path();
        let (state, class) = state(&lease, now);
        let mut cells = vec![
            view! { <button type="button" class="row-link row-button" tabindex="-1" data-testid="lease" on:click=move |_| show.run(row.clone())><code>{address.clone()}</code></button> }.into_any(),
            view! { <code>{identifier(&lease).to_owned()}</code> }.into_any(),
            lease.hostname.clone().into_any(),
        ];
        if !in_subnet {
            cells.push(view! { <a class="in-row" href=href tabindex="-1">{subnet}</a> }.into_any());
        }
        cells.push(view! { <span class=class>{state}</span> }.into_any());
        cells.push(ends(&lease, now));
        if !in_subnet {
            cells.push(fleet.name(&server).into_any());
        }
        TableRow {
            key: format!("{server}/{family}/{address}"),
            href: String::new(),
            cells,
            menu: Some(items),
            title: address,
        }
    });
    let key_at = Callback::new(move |index: usize| {
        sorted.with_untracked(|rows| {
            rows.get(index)
                .map(|row| format!("{}/{}/{}", row.server, row.family, row.lease.address))
                .unwrap_or_default()
        })
    });
    let nothing = move || view! { <p class="empty small">{empty}</p> };
    let length = Memo::new(move |_| sorted.with(Vec::len));
    view! {
        <Table name label="Leases" columns length revision row key_at sort empty=nothing/>
        <Details open=is_open row=open/>
    }
}

/// What can be done with a lease.
fn menu(row: &LeaseRow, refused: Option<&'static str>, show: Callback<LeaseRow>) -> Vec<MenuItem> {
    let address = expect_context::<Address>();
    let (shown, link) = (row.clone(), reserve(row));
    let why = refused.or(link.as_ref().err().copied());
    let (reserve, all) = (link.unwrap_or_default(), reservations(row));
    vec![
        MenuItem { label: "Details", refused: None, act: Callback::new(move |()| show.run(shown.clone())) },
        MenuItem {
            label: "Reserve for this client…",
            refused: why,
            act: Callback::new(move |()| address.go_to(&reserve)),
        },
        MenuItem {
            label: "Reservations of this client",
            refused: None,
            act: Callback::new(move |()| address.go_to(&all)),
        },
    ]
}

fn order(rows: &mut [LeaseRow], (column, down): Sort) {
    let number = |row: &LeaseRow| {
        let address = row.lease.address.split('/').next().unwrap_or_default();
        parse_address(row.family, address).unwrap_or_default()
    };
    rows.sort_by(|one, other| {
        let by = match column {
            "identifier" => identifier(&one.lease).cmp(identifier(&other.lease)),
            "hostname" => one.lease.hostname.cmp(&other.lease.hostname),
            "subnet" => one.prefix.cmp(&other.prefix),
            "state" => (one.lease.state as u8).cmp(&(other.lease.state as u8)),
            "expires" => one.lease.ends().unwrap_or(i64::MAX).cmp(&other.lease.ends().unwrap_or(i64::MAX)),
            "server" => one.server.cmp(&other.server),
            _ => (one.family, number(one)).cmp(&(other.family, number(other))),
        };
        by.then_with(|| number(one).cmp(&number(other)))
    });
    if down {
        rows.reverse();
    }
}

/// What tells the client.
fn identifier(lease: &Lease) -> &str {
    [&lease.hw_address, &lease.duid, &lease.client_id]
        .into_iter()
        .find(|text| !text.is_empty())
        .map_or("", String::as_str)
}

fn state(lease: &Lease, now: i64) -> (&'static str, &'static str) {
    match lease.state {
        LeaseState::Assigned if lease.ends().is_some_and(|ends| ends < now) => ("Expired", "muted"),
        LeaseState::Assigned => ("Assigned", ""),
        LeaseState::Declined => ("Declined", "warned"),
        LeaseState::Reclaimed => ("Reclaimed", "muted"),
        LeaseState::Released => ("Released", "muted"),
        LeaseState::Registered => ("Registered", ""),
        LeaseState::Other => ("Other", "muted"),
    }
}

/// When it ends, from now; the exact time in its title.
fn ends(lease: &Lease, now: i64) -> AnyView {
    let Some(ends) = lease.ends() else { return "never".into_any() };
    let span = duration(ends.abs_diff(now));
    let words = if ends < now { format!("{span} ago") } else { format!("in {span}") };
    view! { <time title=browser::date_time(ends)>{words}</time> }.into_any()
}
