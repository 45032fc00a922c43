//! The reservations in all configurations.

mod add;
mod list;
mod remove;

use crate::{
    browser,
    components::ErrorNotice,
    routes::{Address, Route},
    state::Fleet,
    ui::{Column, Columns, Glyph, MenuItem, Segments, Sort, Table, TableRow, counted, icon},
};
use add::AddDialog;
use leptos::prelude::*;
use list::{Found, Lists};
use perch_shared::{Family, api::Role, find::Sought, net::parse_address};
use remove::Remover;

lazy_page!(reservations_page, show);

/// The page.
fn show() -> AnyView {
    view! { <Reservations/> }.into_any()
}

const COLUMNS: [Column; 8] = [
    Column::new("identifier", "Identifier", "minmax(256px, 1.6fr)"),
    Column::new("address", "Address", "minmax(120px, 1.2fr)").narrow(),
    Column::new("hostname", "Host name", "minmax(100px, 1.2fr)"),
    Column::new("subnet", "Subnet", "minmax(120px, 1fr)"),
    Column::new("server", "Server", "minmax(100px, 1fr)"),
    Column::new("classes", "Classes", "minmax(80px, 1fr)"),
    Column::new("comment", "Comment", "minmax(80px, 1fr)"),
    Column::new("options", "Options", "80px").numeric().optional(),
];

#[component]
fn Reservations() -> impl IntoView {
    browser::set_title("Reservations");
    let (fleet, address) = (expect_context::<Fleet>(), expect_context::<Address>());
    let filter = address.query("q");
    let family = RwSignal::new("");
    let sort = RwSignal::new(("address", false));
    let lists = Lists::load();
    browser::on_key(move |event| {
        if browser::is_shortcut(&event, "/") {
            event.prevent_default();
            browser::focus("filter");
        } else if browser::is_shortcut(&event, "r") {
            lists.ask();
        }
    });
    let wanted = Memo::new(move |_| family.get().parse::<Family>().ok());
    let found = Memo::new(move |_| {
        let sought = Sought::read(&filter.get());
        let fits = |found: &Found| {
            wanted.get().is_none_or(|family| family == found.family)
                && sought.as_ref().is_none_or(|sought| sought.narrows_to(found.family, &found.row))
        };
        let mut all: Vec<Found> = lists.all().into_iter().filter(fits).collect();
        order(&mut all, sort.get());
        all
    });
    let adding = RwSignal::new(false);
    let refused = fleet.lacks(Role::Operator);
    let add = move || {
        let refused = refused.get();
        view! {
            <button type="button" class="btn primary" data-testid="add-reservation" disabled=refused.is_some() title=refused on:click=move |_| adding.set(true)>
                {icon(Glyph::Add)} "Add reservation"
            </button>
        }
    };
    let failures = move || {
        let retry = Callback::new(move |()| lists.ask());
        lists.failures().into_iter().map(|failure| view! { <ErrorNotice failure retry/> }).collect_view()
    };
    let choices = vec![("", "Both"), ("dhcp4", "DHCPv4"), ("dhcp6", "DHCPv6")];
    view! {
        <header class="page-head">
            <div class="page-title">
                <h1>"Reservations"</h1>
                <div class="actions">
                    <Segments label="Protocol" name="family" choices chosen=family on_choose=Callback::new(move |choice| family.set(choice))/>
                    <label class="filter">
                        {icon(Glyph::Search)}
                        <span class="sr">"Filter reservations"</span>
                        <input
                            id="filter"
                            class="input"
                            type="search"
                            data-testid="filter"
                            placeholder="MAC, address, name"
                            prop:value=filter
                            on:input=move |event| address.set_query("q", &event_target_value(&event))
                        />
                        <kbd>"/"</kbd>
                    </label>
                    {add}
                </div>
            </div>
        </header>
        {failures}
        <Rows found lists sort filter/>
        <AddDialog open=adding/>
    }
}

#[component]
fn Rows(
    found: Memo<Vec<Found>>,
    lists: Lists,
    sort: RwSignal<Sort>,
    filter: Signal<String>,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let columns = Columns::new("reservations", &COLUMNS);
    let revision = Memo::new(move |before: Option<&u64>| {
        found.track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let remover = Remover::new(Callback::new(move |()| lists.ask()));
    let refused = fleet.lacks(Role::Operator);
    let row = Callback::new(move |index: usize| {
        let found = found.with_untracked(|all| all.get(index).cloned()).unwrap_or_default();
        draw(fleet, found, remover, refused.get_untracked())
    });
    let key_at = Callback::new(move |index: usize| {
        found.with_untracked(|all| all.get(index).map(Found::key).unwrap_or_default())
    });
    let length = Memo::new(move |_| found.with(Vec::len));
    let nothing = move || {
        let words = if filter.with(String::is_empty) {
            "No reservations yet. Add one to give a client the same address every time."
        } else {
            "No reservation has that in its identifier, address, name, subnet, class or comment."
        };
        view! { <p class="empty small" data-testid="no-reservations">{words}</p> }
    };
    let content = move || {
        if lists.are_waited_for() {
            return view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading reservations…"</span></div> }.into_any();
        }
        if lists.are_missing() {
            return ().into_any();
        }
        view! {
            <Table name="reservations" label="Reservations" columns length revision row key_at sort empty=nothing/>
            <p class="list-foot"><span data-testid="count">{move || counted(length.get() as u128, "reservation", "reservations")}</span></p>
        }
        .into_any()
    };
    view! { {content} {remover.dialogs()} }
}

/// One row of the table.
fn draw(fleet: Fleet, found: Found, remover: Remover, refused: Option<&'static str>) -> TableRow {
    let Found { family, row, servers } = found.clone();
    let names: Vec<String> = servers.iter().map(|server| fleet.name(server)).collect();
    let subnet = match row.subnet {
        Some(_) => row.prefix.clone().into_any(),
        None => view! { <span class="chip">"global"</span> }.into_any(),
    };
    let key = found.key();
    let href = match (servers.first(), row.subnet) {
        (Some(server), Some(subnet)) => {
            Route::Subnet(server.clone(), family, subnet).with(&[("tab", "reservations"), ("q", &row.value)])
        }
        (Some(server), None) => Route::GlobalReservations(server.clone(), family).with(&[("q", &row.value)]),
        (None, _) => String::new(),
    };
    let cells = vec![
        view! { <span class="identified" title=format!("{} {}", row.identifier, row.value)><code>{row.value.clone()}</code><span class="muted">{row.identifier.clone()}</span></span> }.into_any(),
        view! { <code>{row.addresses.join(", ")}</code> }.into_any(),
        row.hostname.clone().into_any(),
        subnet,
        names.join(", ").into_any(),
        row.classes.join(", ").into_any(),
        row.comment.clone().into_any(),
        row.options.into_any(),
    ];
    let title = row.value.clone();
    let address = expect_context::<Address>();
    let link = href.clone();
    let items = Callback::new(move |()| {
        let (link, found) = (link.clone(), found.clone());
        let edit = Callback::new(move |()| address.go_to(&link));
        let remove = Callback::new(move |()| remover.begin(found.clone()));
        vec![
            MenuItem { label: "Edit", refused: None, act: edit },
            MenuItem { label: "Remove…", refused, act: remove },
        ]
    });
    TableRow { key, href, cells, menu: Some(items), title }
}

fn order(all: &mut [Found], (column, down): Sort) {
    let number = |found: &Found| {
        let address = found.row.addresses.first().map(|text| text.split('/').next().unwrap_or_default());
        address.and_then(|text| parse_address(found.family, text)).unwrap_or(u128::MAX)
    };
    all.sort_by(|one, other| {
        let (left, right) = (&one.row, &other.row);
        let by = match column {
            "identifier" => left.value.cmp(&right.value),
            "hostname" => left.hostname.cmp(&right.hostname),
            "subnet" => (left.subnet, &left.prefix).cmp(&(right.subnet, &right.prefix)),
            "server" => one.servers.cmp(&other.servers),
            "classes" => left.classes.cmp(&right.classes),
            "comment" => left.comment.cmp(&right.comment),
            "options" => left.options.cmp(&right.options),
            _ => (one.family, number(one)).cmp(&(other.family, number(other))),
        };
        by.then_with(|| number(one).cmp(&number(other)))
    });
    if down {
        all.reverse();
    }
}
