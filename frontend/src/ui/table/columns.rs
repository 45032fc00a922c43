//! Which columns a table has, and which of them somebody wants to see.

use crate::{
    browser,
    ui::{Glyph, icon},
};
use leptos::prelude::*;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in addresses, storage and tests.
    pub id: &'static str,
    /// Its head.
    pub title: &'static str,
    /// Its width as a track of a CSS grid, such as `minmax(120px, 1fr)`.
    pub track: &'static str,
    /// Whether it holds numbers, which stand on the right.
    pub numeric: bool,
    /// Whether it can be sorted by.
    pub sortable: bool,
    /// Whether it is shown where nobody chose.
    pub usual: bool,
    /// Whether it is shown on a narrow screen, too.
    pub narrow: bool,
    /// Which of a row's cells it is, from 0.
    pub position: usize,
}

impl Column {
    /// A column of texts that can be sorted by and is shown on wide screens.
    pub const fn new(id: &'static str, title: &'static str, track: &'static str) -> Self {
        Self { id, title, track, numeric: false, sortable: true, usual: true, narrow: false, position: 0 }
    }

    /// Holds numbers.
    #[must_use]
    pub const fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// Cannot be sorted by.
    #[must_use]
    pub const fn unsorted(mut self) -> Self {
        self.sortable = false;
        self
    }

    /// Is shown only where somebody wants it.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.usual = false;
        self
    }

    /// Is shown on a narrow screen, too.
    #[must_use]
    pub const fn narrow(mut self) -> Self {
        self.narrow = true;
        self
    }
}

/// The columns of a table, and the choice among them, which this browser keeps.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    all: StoredValue<Vec<Column>>,
    chosen: RwSignal<Vec<bool>>,
    narrow: Signal<bool>,
    key: &'static str,
}

impl Columns {
    /// The columns of the table of this name.
    pub fn new(key: &'static str, columns: &[Column]) -> Self {
        let numbered = columns.iter().enumerate();
        let all: Vec<Column> = numbered.map(|(position, column)| Column { position, ..*column }).collect();
        let kept = browser::local_storage().and_then(|storage| storage.get_item(&name(key)).ok().flatten());
        let chosen = match kept {
            Some(kept) => all.iter().map(|column| kept.split(',').any(|id| id == column.id)).collect(),
            None => all.iter().map(|column| column.usual).collect(),
        };
        Self { all: StoredValue::new(all), chosen: RwSignal::new(chosen), narrow: browser::is_narrow(), key }
    }

    /// Those that are shown. Tracks.
    pub fn shown(self) -> Vec<Column> {
        let (chosen, narrow) = (self.chosen.get(), self.narrow.get());
        let is_shown = |column: &&Column| {
            column.position == 0
                || (chosen.get(column.position).copied().unwrap_or_default() && (column.narrow || !narrow))
        };
        self.all.with_value(|all| all.iter().filter(is_shown).copied().collect())
    }

    fn choose(self, position: usize, shown: bool) {
        self.chosen.update(|chosen| {
            if let Some(place) = chosen.get_mut(position) {
                *place = shown;
            }
        });
        let chosen = self.chosen.get_untracked();
        let ids = self.all.with_value(|all| {
            let of = |(column, shown): (&Column, &bool)| shown.then_some(column.id);
            all.iter().zip(&chosen).filter_map(of).collect::<Vec<_>>().join(",")
        });
        if let Some(storage) = browser::local_storage() {
            let _ = storage.set_item(&name(self.key), &ids);
        }
    }
}

fn name(key: &str) -> String {
    format!("perch-columns:{key}")
}

/// Chooses columns.
#[component]
pub(super) fn ColumnMenu(columns: Columns) -> impl IntoView {
    let boxes = columns.all.with_value(|all| {
        let one = |column: &Column| {
            let position = column.position;
            let on = move || columns.chosen.with(|chosen| chosen.get(position).copied().unwrap_or_default());
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        data-testid=format!("column-{}", column.id)
                        prop:checked=on
                        on:change=move |event| columns.choose(position, event_target_checked(&event))
                    />
                    <span>{column.title}</span>
                </label>
            }
        };
        all.iter().skip(1).map(one).collect_view()
    });
    view! {
        <details class="column-menu">
            <summary class="btn ghost square" aria-label="Choose columns" data-testid="columns">{icon(Glyph::Columns)}</summary>
            <div class="menu-list">{boxes}</div>
        </details>
    }
}
