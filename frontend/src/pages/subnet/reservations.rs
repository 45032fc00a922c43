//! The reservations of a subnet.

use super::{import::ImportDialog, reservation::ReservationRow};
use crate::{
    browser,
    forms::desk::{AddButton, Desk},
    routes::Address,
    state::Fleet,
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::{api::Role, draft::join};

/// How many lines are drawn, and how many more when somebody wants more.
const PAGE: usize = 100;

/// The list, with a filter.
#[component]
pub fn Reservations(
    /// The desk.
    desk: Desk,
    /// The subnet's path; empty: the reservations that belong to none.
    path: String,
) -> impl IntoView {
    let asked = expect_context::<Address>().query("q").get_untracked();
    let filter = RwSignal::new(asked.clone());
    let open = RwSignal::new(None::<usize>);
    let most = RwSignal::new(PAGE);
    let list = join(&path, "reservations");
    let (of_length, of_found, of_add) = (list.clone(), path.clone(), list.clone());
    let length = Memo::new(move |_| desk.draft.with(|draft| draft.items(&of_length).len()));
    let found = Memo::new(move |_| {
        let open = open.get();
        let mut found =
            desk.draft.with(|draft| filter.with(|filter| draft.find_reservations(&of_found, filter)));
        // What somebody edits does not vanish because it does not fit the filter any more.
        if let Some(open) = open
            && !found.contains(&open)
            && open < length.get()
        {
            found.push(open);
            found.sort_unstable();
        }
        found
    });
    if !asked.is_empty() && found.with_untracked(Vec::len) == 1 {
        open.set(found.with_untracked(|found| found.first().copied()));
    }
    take_from_lease(desk, &path, open, most);
    let add = Callback::new(move |()| {
        let at = length.get_untracked();
        desk.update(|draft| {
            let added = draft.add(&of_add);
            let kind = draft.identifier_kinds().first().copied().unwrap_or_default();
            draft.set_identifier(&added, kind, "");
        });
        filter.set(String::new());
        most.update(|most| *most = (*most).max(at + 1));
        open.set(Some(at));
        leptos::leptos_dom::helpers::request_animation_frame(move || browser::focus("identifier"));
    });
    // A file names addresses, which a subnet has.
    let in_subnet = !path.is_empty();
    let importing = RwSignal::new(false);
    let of_import = path.clone();
    let refused = expect_context::<Fleet>().lacks(Role::Operator);
    let of_rows = path.clone();
    let rows = move || {
        let most = most.get();
        found
            .get()
            .into_iter()
            .take(most)
            .map(|index| view! { <ReservationRow desk subnet=of_rows.clone() index open/> })
            .collect_view()
    };
    let more = move || {
        let left = found.with(Vec::len).saturating_sub(most.get());
        (left > 0).then(|| {
            view! {
                <button type="button" class="btn items-more" data-testid="more" on:click=move |_| most.update(|most| *most += PAGE)>
                    {format!("Show {} more of {left}", left.min(PAGE))}
                </button>
            }
        })
    };
    let empty = move || nothing(length.get(), found.with(Vec::len));
    view! {
        <section class="items" aria-label="Reservations" data-testid="reservations">
            <header class="items-head">
                <h2>"Reservations"</h2>
                <label class="filter">
                    {icon(Glyph::Search)}
                    <span class="sr">"Filter reservations"</span>
                    <input
                        class="input"
                        type="search"
                        data-testid="filter"
                        placeholder="Address, MAC, name"
                        prop:value=filter
                        on:input=move |event| {
                            open.set(None);
                            filter.set(event_target_value(&event));
                        }
                    />
                </label>
                {move || match refused.get() {
                    Some(why) => view! { <p class="hint">{why}</p> }.into_any(),
                    None => view! {
                        {in_subnet.then(|| view! {
                            <button type="button" class="btn" data-testid="import" on:click=move |_| { open.set(None); importing.set(true); }>"Import…"</button>
                        })}
                        <AddButton label="Add reservation" testid="add-reservation" on_add=add/>
                    }
                    .into_any(),
                }}
            </header>
            {rows}
            {more}
            {move || empty().map(|words| view! { <p class="items-empty" data-testid="no-reservations">{words}</p> })}
        </section>
        {in_subnet.then(|| view! { <ImportDialog desk subnet=of_import open=importing/> })}
    }
}

/// What is said where no line is shown, of so many reservations of which so many fit the filter.
fn nothing(all: usize, found: usize) -> Option<&'static str> {
    match (all, found) {
        (0, _) => Some(
            "No reservations. Add one to give a client the same address every time, or options and classes of its own.",
        ),
        (_, 0) => Some("No reservation has that in its identifier, address, name or comment."),
        _ => None,
    }
}

/// A lease's page leads here with the client that shall keep its address.
fn take_from_lease(desk: Desk, path: &str, open: RwSignal<Option<usize>>, most: RwSignal<usize>) {
    let address = expect_context::<Address>();
    let said = |name| address.query(name).get_untracked();
    let client = said("client");
    let Some((kind, value)) = client.split_once('=') else { return };
    let (lease, hostname) = (said("address"), said("hostname"));
    let mut at = 0;
    desk.update(|draft| at = draft.reserve(path, kind, value, &lease, &hostname));
    most.update(|most| *most = (*most).max(at + 1));
    open.set(Some(at));
    address.set_query("tab", "reservations");
}
