//! A row, drawn once in its slot: what stands in it changes in place.

use super::{Column, Selection, TableRow, keys::Cursor, menu::RowMenu, slots::Slots};
use crate::ui::MenuItem;
use leptos::prelude::*;

/// What rows are drawn with.
#[derive(Clone, Copy)]
pub(super) struct Drawing {
    pub(super) slots: Slots,
    /// Those that are shown.
    pub(super) columns: StoredValue<Vec<Column>>,
    pub(super) revision: Signal<u64>,
    pub(super) identity: Option<Callback<usize, usize>>,
    pub(super) row: Callback<usize, TableRow>,
    pub(super) key_at: Callback<usize, String>,
    pub(super) selection: Option<Selection>,
    pub(super) cursor: Cursor,
}

/// What a row is called, and what can be done with it.
#[derive(Clone, Default)]
pub(super) struct Face {
    key: String,
    /// What a selection holds of it; empty: it cannot be selected.
    pick: String,
    pub(super) title: String,
    pub(super) menu: Option<Callback<(), Vec<MenuItem>>>,
}

impl Drawing {
    /// The row in a slot.
    pub(super) fn slot(self, slot: usize) -> AnyView {
        let Self { slots, columns, revision, identity, row, key_at, selection, cursor } = self;
        let face = RwSignal::new(Face::default());
        let opened = RwSignal::new(false);
        let place = Memo::new(move |_| slots.row(slot));
        let index = Memo::new(move |_| place.get().0);
        let is_used = Memo::new(move |_| place.get().1);
        // A slot without a row keeps what it had: most are needed again soon.
        let which = Memo::new(move |before: Option<&(usize, usize)>| match (place.get(), before) {
            ((_, false), Some(before)) => *before,
            ((index, _), _) => (index, identity.map_or(index, |identity| identity.run(index))),
        });
        let cells = move || {
            revision.track();
            let (index, _) = which.get();
            let TableRow { key, href, cells, menu, title } = row.run(index);
            if face.with_untracked(|face| face.key != key) && opened.get_untracked() {
                opened.set(false);
            }
            face.set(Face { key, pick: key_at.run(index), title, menu });
            columns.with_value(|columns| arrange(cells, columns, href))
        };
        let picked = Memo::new(move |_| {
            let is = |selection: Selection| {
                face.with(|face| selection.keys.with(|keys| keys.contains(&face.pick)))
            };
            selection.is_some_and(is)
        });
        let box_ = selection.map(|selection| {
            let can_be = Memo::new(move |_| face.with(|face| !face.pick.is_empty()));
            let pick = move |event: leptos::ev::MouseEvent| {
                selection.pick(index.get_untracked(), event.shift_key(), key_at);
            };
            let label = move || face.with(|face| format!("Select {}", face.title));
            let input = move || {
                can_be.get().then(|| {
                    view! { <input type="checkbox" tabindex="-1" aria-label=label data-testid="select-row" prop:checked=picked on:click=pick/> }
                })
            };
            view! { <span class="table-cell table-box" role="gridcell">{input}</span> }
        });
        view! {
            <div
                class="table-row"
                role="row"
                id=move || cursor.row_id(index.get())
                data-testid=move || is_used.get().then_some("table-row")
                hidden=move || !is_used.get()
                data-key=move || face.with(|face| face.key.clone())
                aria-rowindex=move || (index.get() + 2).to_string()
                aria-selected=move || picked.get().to_string()
                tabindex=move || if cursor.at.get() == index.get() { "0" } else { "-1" }
                style:top=move || format!("{}px", index.get() as f64 * super::ROW)
                on:focus=move |_| cursor.at.set(index.get_untracked())
            >
                {box_}
                {cells}
                <span class="table-cell table-menu" role="gridcell"><RowMenu face opened/></span>
            </div>
        }
        .into_any()
    }
}

/// The cells of the columns that are shown. The first one leads to the row's page.
fn arrange(cells: Vec<AnyView>, columns: &[Column], href: String) -> Vec<AnyView> {
    let mut link = (!href.is_empty()).then_some(href);
    let shown = cells.into_iter().enumerate().filter_map(|(position, cell)| {
        let column = columns.iter().find(|column| column.position == position)?;
        let class = if column.numeric { "table-cell numeric" } else { "table-cell" };
        let cell = match link.take() {
            Some(href) => view! { <a class="row-link" href=href tabindex="-1">{cell}</a> }.into_any(),
            None => cell,
        };
        Some(view! { <span class=class role="gridcell" data-column=column.id>{cell}</span> }.into_any())
    });
    shown.collect()
}
