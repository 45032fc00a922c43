//! The subnets of a shared network: links, and the ways in and out.

use super::choose::ChooseSubnets;
use crate::{
    forms::{
        desk::{AddButton, Desk},
        save::{Proposal, SaveDialog, Saving},
    },
    routes::Route,
    state::Fleet,
    ui::{Dialog, count, counted},
};
use leptos::prelude::*;
use perch_shared::{
    api::{Role, SubnetRow},
    change::{Edit, Place},
    draft::join,
};
use std::collections::BTreeMap;

/// A subnet of the network.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    id: u64,
    prefix: String,
    comment: String,
    pools: usize,
    pooled: u128,
    reservations: usize,
}

/// The list.
#[component]
pub fn Subnets(
    /// The desk.
    desk: Desk,
    /// The network's path.
    path: String,
    /// Its name.
    name: String,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let (server, family) = desk.place();
    let of_lines = path.clone();
    let lines = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let list = join(&of_lines, family.subnet_key());
            let line = |path: String| Line {
                id: draft.id_at(&path),
                prefix: draft.text_at(&join(&path, "subnet")),
                comment: draft.comment_at(&path),
                pools: draft.items(&join(&path, "pools")).len() + draft.items(&join(&path, "pd-pools")).len(),
                pooled: draft.space(&path).map(|space| space.pooled()).unwrap_or_default(),
                reservations: draft.items(&join(&path, "reservations")).len(),
            };
            draft.paths(&list).into_iter().map(line).collect::<Vec<_>>()
        })
    });
    let choosing = RwSignal::new(false);
    let saving = Saving::new(Callback::new(move |_| choosing.set(false)), Callback::new(|()| ()));
    let begin = {
        let server = server.clone();
        move |edits: Vec<Edit>| {
            let based_on = desk.draft.with_untracked(|draft| draft.based_on.clone());
            saving.begin(Proposal::new(fleet, &server, family, Some(based_on), edits));
        }
    };
    let of_out = name.clone();
    let out = {
        let begin = begin.clone();
        Callback::new(move |(id, prefix): (u64, String)| {
            begin(vec![Edit::move_subnet(Place::root().subnet(id, prefix), Some(&of_out), None)]);
        })
    };
    let chosen = RwSignal::new(BTreeMap::<u64, (SubnetRow, Option<String>)>::new());
    let of_take = name.clone();
    let take = move |_| {
        let edits = chosen.get_untracked().into_values().map(|(row, from)| {
            Edit::move_subnet(Place::root().subnet(row.id, row.subnet), from.as_deref(), Some(&of_take))
        });
        let edits = edits.collect();
        choosing.set(false);
        begin(edits);
    };
    let take = StoredValue::new(take);
    let refused = fleet.lacks(Role::Operator);
    let add = Callback::new(move |()| {
        chosen.set(BTreeMap::new());
        choosing.set(true);
    });
    let of_rows = server.clone();
    let rows = move || {
        let row = |line: Line| view! { <SubnetLine line server=of_rows.clone() family out refused/> };
        lines.get().into_iter().map(row).collect_view()
    };
    let sum = move || {
        lines.with(|lines| {
            let pooled = lines.iter().map(|line| line.pooled).fold(0, u128::saturating_add);
            let subnets = counted(lines.len() as u128, "subnet", "subnets");
            format!("{subnets} with {} addresses in pools", count(pooled))
        })
    };
    let none = move || lines.with(Vec::is_empty);
    let (of_choice, named) = (server, name);
    view! {
        <section class="items" aria-label="Subnets" data-testid="network-subnets">
            <header class="items-head">
                <h2>"Subnets"</h2>
                <span class="muted" data-testid="network-sum">{move || (!none()).then(sum)}</span>
                {move || match refused.get() {
                    Some(why) => view! { <p class="hint">{why}</p> }.into_any(),
                    None => view! { <AddButton label="Add subnets" testid="add-subnets" on_add=add/> }.into_any(),
                }}
            </header>
            {rows}
            {move || none().then(|| view! { <p class="items-empty">"No subnets: the network does nothing yet. Add subnets that are on the same link."</p> })}
        </section>
        <Dialog open=choosing title="Add subnets to the network" testid="choose-dialog">
            <div class="dialog-body">
                <ChooseSubnets server=of_choice.clone() family except=Some(named.clone()) chosen/>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| choosing.set(false)>"Cancel"</button>
                <button
                    type="button"
                    class="btn primary"
                    data-testid="choose-take"
                    disabled=move || chosen.with(BTreeMap::is_empty)
                    on:click=move |event| take.with_value(|take| take(event))
                >
                    {move || format!("Add {}…", counted(chosen.with(BTreeMap::len) as u128, "subnet", "subnets"))}
                </button>
            </footer>
        </Dialog>
        <SaveDialog saving/>
    }
}

#[component]
fn SubnetLine(
    line: Line,
    server: perch_shared::api::ServerId,
    family: perch_shared::Family,
    out: Callback<(u64, String)>,
    refused: Memo<Option<&'static str>>,
) -> impl IntoView {
    let Line { id, prefix, comment, pools, pooled, reservations } = line;
    let href = Route::Subnet(server, family, id).path();
    let label = format!("Take {prefix} out of the network");
    let facts = [
        counted(pools as u128, "pool", "pools"),
        counted(pooled, "address in them", "addresses in them"),
        counted(reservations as u128, "reservation", "reservations"),
    ];
    let named = prefix.clone();
    view! {
        <div class="item" data-testid="network-subnet" data-prefix=prefix.clone()>
            <div class="item-line">
                <a class="item-open network-line" href=href>
                    <span class="item-id"><code>{prefix.clone()}</code></span>
                    <span class="item-text">{comment}</span>
                    <span class="item-text muted">{facts.join(", ")}</span>
                </a>
                <span class="item-actions">
                    <button
                        type="button"
                        class="btn small"
                        data-testid="take-out"
                        aria-label=label
                        disabled=move || refused.get().is_some()
                        title=move || refused.get()
                        on:click=move |_| out.run((id, named.clone()))
                    >
                        "Take out…"
                    </button>
                </span>
            </div>
        </div>
    }
}
