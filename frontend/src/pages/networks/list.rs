//! The list of subnets with everything around it.

use super::{
    CreateLinks,
    cells::{self, COLUMNS},
    classes::AssignClasses,
    filter::Filter,
    menu::{self, Target},
    order::Item,
    remove::RemoveSubnet,
    saved::SavedFilters,
    search::Search,
    selection::Selected,
    stale::Stale,
};
use crate::{
    api::Failure,
    browser,
    components::ErrorNotice,
    forms::save::{SaveDialog, Saving},
    routes::{Address, Route},
    state::Fleet,
    ui::{Column, Columns, Segments, Selection, Table, TableRow},
};
use leptos::prelude::*;
use perch_shared::api::{Role, ServerId};

/// The list.
#[component]
pub fn List(
    /// The server whose subnets are shown; `None`: all servers'.
    only: Option<ServerId>,
) -> impl IntoView {
    let (fleet, address) = (expect_context::<Fleet>(), expect_context::<Address>());
    let filter = Filter::new(only.clone());
    let of_server = only.clone();
    browser::on_key(move |event| match event.key().as_str() {
        "/" if browser::is_shortcut(&event, "/") => {
            event.prevent_default();
            browser::focus("query");
        }
        "n" if browser::is_shortcut(&event, "n") && fleet.lacks(Role::Operator).get_untracked().is_none() => {
            let server = of_server.as_ref().map(ServerId::to_string).unwrap_or_default();
            address.go_to(&Route::AddSubnet.with(&[("server", &server)]));
        }
        "r" if browser::is_shortcut(&event, "r") => filter.sources.reload(),
        _ => {}
    });
    let state = move || {
        let all = filter.sources.all();
        let known = fleet.view().answer().with(|view| view.as_ref().map(|view| view.servers.len()));
        let answered = all.values().filter(|source| source.subnets.answer().with(Option::is_some)).count();
        match (known, all.len(), answered) {
            (None, ..) => State::Waiting,
            (Some(0), ..) => State::NoServer,
            (_, 0, _) => State::NoDaemon,
            (_, _, 0) if all.values().any(|source| source.subnets.busy().get()) => State::Waiting,
            (_, _, 0) => State::Silent,
            _ => State::Shown,
        }
    };
    let state = Memo::new(move |_| state());
    let is_one = only.is_some();
    let content = move || {
        match state.get() {
        State::Waiting => match fleet.view().failure().get() {
            Some(failure) => view! { <ErrorNotice failure retry=Callback::new(move |()| fleet.look())/> }.into_any(),
            None => view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading the subnets…"</span></div> }.into_any(),
        },
        State::NoServer => view! {
            <section class="empty" data-testid="empty">
                <h2>"No servers yet"</h2>
                <p>"Add a Kea server: its subnets are listed here."</p>
                <p><a class="btn primary" href=Route::AddServer.path()>"Add server"</a></p>
            </section>
        }
        .into_any(),
        State::NoDaemon => view! {
            <section class="empty" data-testid="empty">
                <h2>"No DHCP daemon was found"</h2>
                <p>"Perch has not reached a DHCP daemon of this server. The server's overview says why."</p>
            </section>
        }
        .into_any(),
        State::Silent => ().into_any(),
        State::Shown => view! { <Stale filter/> <Rows filter is_one/> }.into_any(),
    }
    };
    view! {
        <div class="networks" data-testid="networks-page">
            <Bar filter only=only.clone()/>
            {move || failures(filter, fleet)}
            {content}
        </div>
    }
}

/// What there is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    NoServer,
    NoDaemon,
    Silent,
    Shown,
}

/// The filter, and the switches beside it.
#[component]
fn Bar(filter: Filter, only: Option<ServerId>) -> impl IntoView {
    let grouped = Signal::derive(move || if filter.grouped.get() { "network" } else { "" });
    let links = only.is_some().then(|| view! { <div class="actions"><CreateLinks only/></div> });
    view! {
        <div class="list-bar" role="search">
            <div class="grow"><Search filter/></div>
            <Segments
                label="Family"
                name="family"
                choices=vec![("", "All"), ("dhcp4", "DHCPv4"), ("dhcp6", "DHCPv6")]
                chosen=filter.family
                on_choose=Callback::new(move |family| filter.set_family(family))
            />
            <Segments
                label="Arrangement"
                name="group"
                choices=vec![("", "Flat"), ("network", "By shared network")]
                chosen=grouped
                on_choose=Callback::new(move |group: &'static str| filter.set_grouped(!group.is_empty()))
            />
            {links}
        </div>
        <SavedFilters filter/>
    }
}

/// The daemons whose subnets could not be read, each reason once.
fn failures(filter: Filter, fleet: Fleet) -> AnyView {
    let mut reasons: Vec<(Failure, Vec<String>)> = Vec::new();
    for ((server, family), source) in filter.sources.all() {
        let Some(failure) = source.subnets.failure().get() else { continue };
        let name = format!("{} of {}", family.protocol(), fleet.name(&server));
        match reasons.iter_mut().find(|(known, _)| known.body.message == failure.body.message) {
            Some((_, names)) => names.push(name),
            None => reasons.push((failure, vec![name])),
        }
    }
    let notice = |(mut failure, names): (Failure, Vec<String>)| {
        if !failure.offline {
            failure.body.message = format!("{}: {}", names.join(", "), failure.body.message);
        }
        view! { <ErrorNotice failure retry=Callback::new(move |()| filter.sources.reload())/> }
    };
    reasons.into_iter().map(notice).collect_view().into_any()
}

/// The table, and what its menus open.
#[component]
fn Rows(filter: Filter, is_one: bool) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let (assigning, removing) = (RwSignal::new(None::<Target>), RwSignal::new(None::<Target>));
    let again = Callback::new(move |()| filter.sources.reload());
    let saving = Saving::new(Callback::new(move |_| filter.sources.reload()), again);
    let listed: Vec<Column> =
        COLUMNS.iter().filter(|column| !(is_one && column.id == "server")).copied().collect();
    let columns = Columns::new(if is_one { "server-networks" } else { "networks" }, &listed);
    let ids = StoredValue::new(listed.iter().map(|column| column.id).collect::<Vec<_>>());
    let revision = Memo::new(move |before: Option<&u64>| {
        filter.rows.track();
        filter.usages.track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let refused = fleet.lacks(Role::Operator);
    let row = Callback::new(move |index: usize| {
        let drawn = filter.look(index, |item, row, usage| match item {
            Item::Head(_, count) => TableRow {
                key: format!("network/{}", row.key()),
                href: cells::network_link(row).map(|route| route.path()).unwrap_or_default(),
                cells: ids.with_value(|ids| ids.iter().map(|id| cells::head(id, row, count)).collect()),
                menu: None,
                title: row.network.name.clone(),
            },
            Item::Row(_) => TableRow {
                key: row.key(),
                href: cells::link(row).map(|route| route.path()).unwrap_or_default(),
                cells: ids.with_value(|ids| {
                    ids.iter().map(|id| cells::cell(id, row, usage, filter.sources)).collect()
                }),
                menu: Some(Callback::new(move |()| {
                    let refused = refused.get_untracked();
                    let items =
                        filter.look(index, |_, row, _| menu::items(row, assigning, removing, refused));
                    items.unwrap_or_default()
                })),
                title: row.subnet.subnet.clone(),
            },
        });
        drawn.unwrap_or_else(nothing)
    });
    // The heads of shared networks cannot be selected.
    let key_at = Callback::new(move |index: usize| {
        let key = filter.look(index, |item, row, _| matches!(item, Item::Row(_)).then(|| row.key()));
        key.flatten().unwrap_or_default()
    });
    let identity = Callback::new(move |index: usize| filter.identity(index));
    let selection = Selection::of(filter.count);
    let length = Signal::derive(move || filter.shown.get().0.len());
    let empty = move || nothing_found(filter);
    let foot = move || {
        let (all, shown) = (filter.rows.get().0.len(), filter.count.get());
        let subnets = if all == 1 { "subnet" } else { "subnets" };
        if all == shown { format!("{all} {subnets}") } else { format!("{shown} of {all} {subnets}") }
    };
    view! {
        <Table name="networks" label="Subnets" columns length revision identity row key_at sort=filter.sort selection empty/>
        <Selected filter selection/>
        <p class="list-foot" role="status" data-testid="count">{foot}</p>
        <AssignClasses target=assigning saving/>
        <RemoveSubnet target=removing saving/>
        <SaveDialog saving/>
    }
}

fn nothing_found(filter: Filter) -> AnyView {
    if filter.rows.get().0.is_empty() {
        return view! {
            <section class="empty small" data-testid="empty">
                <h2>"No subnets yet"</h2>
                <p>"Kea gives addresses only from subnets. Create the first one."</p>
            </section>
        }
        .into_any();
    }
    view! {
        <section class="empty small" data-testid="no-match">
            <p>"No subnet passes this filter."</p>
            <button type="button" class="btn" on:click=move |_| { filter.set_text(""); filter.set_family(""); }>"Show all"</button>
        </section>
    }
    .into_any()
}

fn nothing() -> TableRow {
    TableRow { key: String::new(), href: String::new(), cells: Vec::new(), menu: None, title: String::new() }
}
