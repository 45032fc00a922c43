//! The field that filters: it completes what is typed, and says what is wrong with it.

use super::filter::Filter;
use crate::{
    browser,
    ui::{Glyph, icon, prose},
};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use perch_shared::query::{Completion, QueryError, complete};

const PLACEHOLDER: &str = "Filter: an address, a word, or subnet in 10.0.0.0/8 and free<10";

#[derive(Clone, Copy)]
struct Typing {
    filter: Filter,
    input: NodeRef<html::Input>,
    open: RwSignal<bool>,
    /// Which offer the keyboard is at.
    at: RwSignal<Option<usize>>,
    /// Where the cursor is, in bytes.
    cursor: RwSignal<usize>,
    found: Memo<Completion>,
}

/// The field.
#[component]
pub fn Search(
    /// What it filters.
    filter: Filter,
) -> impl IntoView {
    let (open, cursor) = (RwSignal::new(false), RwSignal::new(0));
    let known = filter.vocabulary;
    let found = Memo::new(move |_| {
        if open.get() {
            known.with(|known| complete(&filter.text.get(), cursor.get(), known))
        } else {
            Completion { at: 0..0, offers: Vec::new() }
        }
    });
    let typing = Typing { filter, input: NodeRef::new(), open, at: RwSignal::new(None), cursor, found };
    let expanded = move || found.with(|found| !found.offers.is_empty());
    view! {
        <div class="query combo" on:focusout=move |_| open.set(false)>
            <div class="combo-field">
                {icon(Glyph::Search)}
                <input
                    node_ref=typing.input
                    id="query"
                    data-testid="query"
                    class="input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-label="Filter subnets"
                    aria-autocomplete="list"
                    aria-controls="query-list"
                    aria-expanded=move || expanded().to_string()
                    aria-activedescendant=move || typing.at.get().map(item_id)
                    aria-invalid=move || filter.error.with(Option::is_some).to_string()
                    aria-describedby="query-note"
                    placeholder=PLACEHOLDER
                    prop:value=filter.text
                    on:focus=move |_| filter.prepare()
                    on:click=move |_| typing.look()
                    on:input=move |_| typing.typed()
                    on:keydown=move |event| typing.key(&event)
                />
                <kbd>"/"</kbd>
            </div>
            <ul class="combo-list query-list" class:shown=expanded role="listbox" aria-label="What can be written" id="query-list">
                {move || offers(typing)}
            </ul>
            <div id="query-note" aria-live="polite">{move || filter.error.get().map(|error| wrong(&filter.text.get(), &error))}</div>
        </div>
    }
}

fn item_id(index: usize) -> String {
    format!("query-offer-{index}")
}

fn offers(typing: Typing) -> AnyView {
    let one = |(index, offer): (usize, &perch_shared::query::Offer)| {
        let chosen = move || (typing.at.get() == Some(index)).to_string();
        view! {
            <li
                id=item_id(index)
                role="option"
                class="combo-item"
                data-testid="query-offer"
                aria-selected=chosen
                on:mousedown=move |event| {
                    event.prevent_default();
                    typing.pick(index);
                }
            >
                <code>{offer.text.clone()}</code>
                <span class="detail">{prose(&offer.about)}</span>
            </li>
        }
    };
    typing.found.with(|found| found.offers.iter().enumerate().map(one).collect_view()).into_any()
}

/// What is wrong, with the place. While somebody still types at that place, it is said calmly.
fn wrong(text: &str, error: &QueryError) -> AnyView {
    let unfinished = error.at.end >= text.trim_end().len();
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let (before, bad, after) =
        (part(0..error.at.start), part(error.at.clone()), part(error.at.end..text.len()));
    let bad = if bad.is_empty() { " ".to_owned() } else { bad };
    let message = format!("{}. {}", crate::ui::capital(&error.message), error.help);
    view! {
        <p class="query-note" class:unfinished=unfinished data-testid="query-error">
            <code>{before}<mark>{bad}</mark>{after}</code>
            <span>{prose(&message)}</span>
        </p>
    }
    .into_any()
}

impl Typing {
    /// Reads where the cursor is, and shows what can be written there.
    fn look(self) {
        if let Some(input) = self.input.get_untracked() {
            let units = input.selection_end().ok().flatten().unwrap_or_default();
            self.cursor.set(bytes(&input.value(), units as usize));
        }
        self.open.set(true);
        self.at.set(None);
    }

    fn typed(self) {
        if let Some(input) = self.input.get_untracked() {
            self.filter.set_text(&input.value());
        }
        self.look();
    }

    fn key(self, event: &KeyboardEvent) {
        let last = self.found.with_untracked(|found| found.offers.len()).checked_sub(1);
        let at = self.at.get_untracked();
        match (event.key().as_str(), last) {
            ("ArrowDown", Some(last)) => self.go(at.map_or(0, |at| (at + 1).min(last))),
            ("ArrowDown", None) => self.look(),
            ("ArrowUp", Some(_)) => match at {
                Some(0) | None => self.at.set(None),
                Some(at) => self.go(at - 1),
            },
            ("Enter" | "Tab", Some(_)) if at.is_some() => at.into_iter().for_each(|at| self.pick(at)),
            ("Enter", _) => self.open.set(false),
            ("Escape", _) => {
                self.open.set(false);
                self.filter.set_text("");
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn go(self, index: usize) {
        self.at.set(Some(index));
        browser::reveal(&item_id(index));
    }

    /// Writes an offer in the place of what was typed.
    fn pick(self, index: usize) {
        let (text, cursor) = (self.filter.text.get_untracked(), self.found.get_untracked());
        let Some(offer) = cursor.offers.get(index) else { return };
        let before = text.get(..cursor.at.start).unwrap_or_default();
        let after = text.get(cursor.at.end..).unwrap_or_default();
        let written = format!("{before}{}", offer.text);
        let place = u32::try_from(written.encode_utf16().count()).unwrap_or(u32::MAX);
        let whole = written + after;
        self.filter.set_text(&whole);
        if let Some(input) = self.input.get_untracked() {
            input.set_value(&whole);
            let _ = input.set_selection_range(place, place);
            let _ = input.focus();
        }
        self.look();
    }
}

/// A place in a text that browsers count in UTF-16, in bytes.
fn bytes(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, letter) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(letter.len_utf16());
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn places_are_counted_in_bytes() {
        for (text, units, place) in [("abc", 2, 2), ("zoë=", 3, 4), ("🐦x", 2, 4), ("", 7, 0), ("ab", 9, 2)]
        {
            assert_eq!(bytes(text, units), place, "{text}");
        }
    }
}
