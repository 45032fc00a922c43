//! A table of any length: it draws the rows that are seen, sorts by its heads, lets columns be chosen, and is moved through
//! with the keyboard. What stands in it and in which order is the page's to say.

mod columns;
mod keys;
mod menu;
mod row;
mod slots;

pub use columns::{Column, Columns};

use super::{Glyph, MenuItem, icon};
use columns::ColumnMenu;
use keys::Cursor;
use leptos::{html, prelude::*};
use row::Drawing;
use slots::Slots;
use std::collections::BTreeSet;

/// The height of a row, in CSS pixels; the styles say the same.
const ROW: f64 = 36.0;

/// One row, drawn when it is seen.
pub struct TableRow {
    /// What tells the row from all others; selections hold it.
    pub key: String,
    /// Where it leads; empty: nowhere.
    pub href: String,
    /// Its cells, one for each column, in order.
    pub cells: Vec<AnyView>,
    /// What can be done with it, asked for when somebody opens its menu; `None`: nothing.
    pub menu: Option<Callback<(), Vec<MenuItem>>>,
    /// How its menu is called, such as `Actions for 192.0.2.0/24`.
    pub title: String,
}

/// By which column a table is sorted, and whether downwards.
pub type Sort = (&'static str, bool);

/// The rows that are selected, by their keys.
#[derive(Debug, Clone, Copy)]
pub struct Selection {
    /// The keys.
    pub keys: RwSignal<BTreeSet<String>>,
    /// How many rows can be selected.
    most: Signal<usize>,
    anchor: RwSignal<Option<usize>>,
}

/// A table.
#[component]
pub fn Table(
    /// Its name for tests, and under which its columns are kept; unique among the tables of the page.
    name: &'static str,
    /// What it lists, such as `Subnets`.
    label: &'static str,
    /// Its columns. The first one names the row.
    columns: Columns,
    /// How many rows there are.
    #[prop(into)]
    length: Signal<usize>,
    /// Changes whenever what stands in the rows may be something else, so that all are drawn anew.
    #[prop(into)]
    revision: Signal<u64>,
    /// What tells a row from the others for as long as the revision is the same: where another selection or order of the
    /// rows leaves a row in its place, it is not drawn anew. Tracks the order.
    #[prop(optional)]
    identity: Option<Callback<usize, usize>>,
    /// Draws a row.
    row: Callback<usize, TableRow>,
    /// The key of a row; empty: it cannot be selected.
    key_at: Callback<usize, String>,
    /// The order.
    sort: RwSignal<Sort>,
    /// What is selected; `None`: nothing can be.
    #[prop(optional)]
    selection: Option<Selection>,
    /// Shown in place of the rows where there are none.
    #[prop(into)]
    empty: ViewFn,
) -> impl IntoView {
    let body = NodeRef::<html::Div>::new();
    let slots = Slots::follow(body, length);
    let count = slots.count();
    let cursor = Cursor { at: RwSignal::new(0), body, length, name };
    let rows = move || {
        let columns = StoredValue::new(columns.shown());
        let drawing = Drawing { slots, columns, revision, identity, row, key_at, selection, cursor };
        view! { <For each=move || 0..count.get() key=|slot| *slot children=move |slot| drawing.slot(slot)/> }
    };
    let tracks = move || {
        let tracks: Vec<&str> = columns.shown().iter().map(|column| column.track).collect();
        format!("{}{}", if selection.is_some() { "32px " } else { "" }, tracks.join(" "))
    };
    view! {
        <div class="table" data-testid=name style=("--tracks", tracks)>
            <div class="table-scroll" node_ref=body role="grid" aria-label=label aria-rowcount=move || (length.get() + 1).to_string() on:scroll=move |_| slots.scrolled() tabindex="-1">
                <div class="table-head" role="row" aria-rowindex="1">
                    {selection.map(|selection| all_box(selection, length, key_at))}
                    {move || columns.shown().into_iter().map(|column| head(column, sort)).collect_view()}
                    <span class="table-corner" role="columnheader"><span class="sr">"Actions"</span><ColumnMenu columns/></span>
                </div>
                <div class="table-space" role="presentation" style:height=move || format!("{}px", length.get() as f64 * ROW)>
                    <div role="presentation" node_ref=slots.rows on:keydown=move |event| cursor.key(&event, selection, key_at)>
                        {rows}
                    </div>
                </div>
            </div>
            {move || (length.get() == 0).then(|| empty.run())}
        </div>
    }
}

fn head(column: Column, sort: RwSignal<Sort>) -> AnyView {
    let class = if column.numeric { "table-cell numeric" } else { "table-cell" };
    if !column.sortable {
        return view! { <span class=class role="columnheader">{column.title}</span> }.into_any();
    }
    let order = move || match sort.get() {
        (id, down) if id == column.id => {
            if down {
                "descending"
            } else {
                "ascending"
            }
        }
        _ => "none",
    };
    let turn = move |_| {
        sort.update(|(id, down)| {
            *down = *id == column.id && !*down;
            *id = column.id;
        });
    };
    let mark = move || match sort.get() {
        (id, down) if id == column.id => Some(icon(if down { Glyph::Chevron } else { Glyph::Up })),
        _ => None,
    };
    view! {
        <span class=class role="columnheader" aria-sort=order>
            <button type="button" data-testid=format!("sort-{}", column.id) on:click=turn>{column.title}{mark}</button>
        </span>
    }
    .into_any()
}

/// Selects all rows, or none.
fn all_box(selection: Selection, length: Signal<usize>, key_at: Callback<usize, String>) -> impl IntoView {
    let count = move || selection.keys.with(BTreeSet::len);
    let all = move || count() > 0 && count() == selection.most.get();
    let some = move || count() > 0 && !all();
    let toggle = move |event| {
        let range = if event_target_checked(&event) { 0..length.get_untracked() } else { 0..0 };
        selection.keys.set(keys(range, key_at));
    };
    view! {
        <span class="table-cell table-box" role="columnheader">
            <input type="checkbox" aria-label="Select all" data-testid="select-all" prop:checked=all prop:indeterminate=some on:change=toggle/>
        </span>
    }
}

/// The keys of the rows in a range that can be selected.
fn keys(range: std::ops::Range<usize>, key_at: Callback<usize, String>) -> BTreeSet<String> {
    range.map(|index| key_at.run(index)).filter(|key| !key.is_empty()).collect()
}

impl Selection {
    /// Nothing is selected yet of so many rows that can be.
    pub fn of(most: impl Into<Signal<usize>>) -> Self {
        Self { keys: RwSignal::default(), most: most.into(), anchor: RwSignal::new(None) }
    }

    /// Selects a row or takes it out; with Shift everything from the row that was picked before.
    fn pick(self, index: usize, range: bool, key_at: Callback<usize, String>) {
        let anchor = self.anchor.get_untracked().filter(|_| range);
        self.keys.update(|selected| match anchor {
            Some(anchor) => selected.extend(keys(anchor.min(index)..anchor.max(index) + 1, key_at)),
            None => {
                let key = key_at.run(index);
                if !key.is_empty() && !selected.remove(&key) {
                    selected.insert(key);
                }
            }
        });
        self.anchor.set(Some(index));
    }

    /// Selects nothing.
    pub fn clear(self) {
        self.keys.set(BTreeSet::new());
        self.anchor.set(None);
    }
}
