//! Which rows are drawn: those that are seen, and some above and below. Each stands in a slot. The slot of a row that goes
//! out of view takes one that comes into view, so neither scrolling nor another filter builds a row anew.

use super::ROW;
use crate::browser;
use leptos::{html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// How many rows are drawn above those that are seen.
const ABOVE: usize = 6;

/// How high the window is that stands around the rows at least; the styles say the same.
const AROUND: f64 = 260.0;

/// How long nobody has scrolled when the slots are put in order.
const CALM: Duration = Duration::from_millis(150);

/// The slots of a table.
#[derive(Clone, Copy)]
pub(super) struct Slots {
    /// Holds the rows' elements.
    pub(super) rows: NodeRef<html::Div>,
    body: NodeRef<html::Div>,
    length: Signal<usize>,
    /// The first row that is drawn, and how many slots there are at most.
    window: RwSignal<(usize, usize)>,
    /// The first row that is drawn where the last one of all is drawn at the bottom.
    first: Memo<usize>,
    calm: StoredValue<Option<TimeoutHandle>>,
}

impl Slots {
    /// Follows the size of the window for as long as the table lives.
    pub(super) fn follow(body: NodeRef<html::Div>, length: Signal<usize>) -> Self {
        let window = RwSignal::new((0, most()));
        let first = Memo::new(move |_| {
            let (first, most) = window.get();
            first.min(length.get().saturating_sub(most))
        });
        let calm = StoredValue::new(None::<TimeoutHandle>);
        let slots = Self { rows: NodeRef::new(), body, length, window, first, calm };
        browser::on_resize(move || slots.look());
        on_cleanup(move || calm.with_value(|calm| calm.iter().for_each(TimeoutHandle::clear)));
        slots
    }

    /// How many of them there are: as many as were needed at once so far. Tracks.
    pub(super) fn count(self) -> Memo<usize> {
        Memo::new(move |before: Option<&usize>| {
            let (most, length) = (self.window.get().1, self.length.get());
            before.copied().unwrap_or_default().max(length).min(most)
        })
    }

    /// The row that stands in a slot, and whether there is one. Tracks.
    pub(super) fn row(self, slot: usize) -> (usize, bool) {
        let (first, most) = (self.first.get(), self.window.get().1);
        let row = place(slot, first, most);
        (row, row < self.length.get())
    }

    /// Draws what has come into view.
    pub(super) fn scrolled(self) {
        self.look();
        self.calm.update_value(|calm| {
            calm.iter().for_each(TimeoutHandle::clear);
            *calm = set_timeout_with_handle(move || self.put_in_order(), CALM).ok();
        });
    }

    fn look(self) {
        let Some(body) = self.body.get_untracked() else { return };
        let first = (f64::from(body.scroll_top()) / ROW).floor().max(0.0) as usize;
        let now = (first.saturating_sub(ABOVE), most());
        if self.window.get_untracked() != now {
            self.window.set(now);
        }
    }

    /// Puts the elements in the order of their rows, for whoever has them read aloud or goes through them by Tab. What has
    /// the focus stays where it is, because it would lose it.
    fn put_in_order(self) {
        let Some(rows) = self.rows.try_get_untracked().flatten() else { return };
        let Ok(found) = rows.query_selector_all(":scope > [aria-rowindex]") else { return };
        let row = |at| found.get(at)?.dyn_into::<Element>().ok();
        let place = |row: &Element| row.get_attribute("aria-rowindex").and_then(|place| place.parse().ok());
        let mut all: Vec<(usize, Element)> =
            (0..found.length()).filter_map(row).filter_map(|row| Some((place(&row)?, row))).collect();
        if all.is_sorted_by_key(|(place, _)| *place) {
            return;
        }
        all.sort_by_key(|(place, _)| *place);
        let held = all.iter().position(|(_, row)| row.matches(":focus-within").unwrap_or_default());
        let end = rows.last_child().filter(|last| last.node_type() == Node::COMMENT_NODE);
        for (at, (_, row)) in all.iter().enumerate() {
            let before = match held {
                Some(held) if at == held => continue,
                Some(held) if at < held => all.get(held).map(|(_, row)| row.as_ref()),
                _ => end.as_ref(),
            };
            let _ = rows.insert_before(row, before);
        }
    }
}

/// How many rows fill the window, with those above and below.
fn most() -> usize {
    ((browser::height() - AROUND).max(0.0) / ROW).ceil() as usize + 2 * ABOVE + 1
}

/// The row in a slot where `most` rows are drawn from the first one on: a slot keeps its row for as long as that is drawn.
fn place(slot: usize, first: usize, most: usize) -> usize {
    let most = most.max(1);
    first + (slot + most - first % most) % most
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_row_keeps_its_slot_while_it_is_drawn() {
        let drawn = |first| (0..5).map(|slot| place(slot, first, 5)).collect::<Vec<_>>();
        assert_eq!(drawn(0), [0, 1, 2, 3, 4]);
        assert_eq!(drawn(1), [5, 1, 2, 3, 4]);
        assert_eq!(drawn(3), [5, 6, 7, 3, 4]);
        assert_eq!(drawn(12), [15, 16, 12, 13, 14]);
    }
}
