//! A search field with a list of what it finds (ARIA combobox pattern: the focus stays in the field).

use super::{Glyph, icon};
use crate::browser;
use leptos::{ev::KeyboardEvent, prelude::*};

/// One thing that can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What [`Combobox`] passes on when it is picked.
    pub key: String,
    /// A short mark before the title, such as a number.
    pub mark: String,
    /// Its name.
    pub title: String,
    /// More about it.
    pub detail: String,
    /// A word at the end, such as `set already`; empty: none.
    pub badge: &'static str,
}

/// A search field over many things.
#[component]
pub fn Combobox(
    /// The field's id, unique on the page.
    #[prop(into)]
    id: String,
    /// Its name for tests; empty: its id.
    #[prop(optional)]
    testid: &'static str,
    /// What it is for.
    label: &'static str,
    /// What to type, shown while it is empty.
    placeholder: &'static str,
    /// Finds things, the best first.
    search: Callback<String, Vec<Choice>>,
    /// Called with the key of what was picked.
    on_pick: Callback<String>,
) -> impl IntoView {
    let state = Search {
        query: RwSignal::default(),
        at: RwSignal::new(0),
        open: RwSignal::new(false),
        id: StoredValue::new(id.clone()),
    };
    let testid = if testid.is_empty() { id.clone() } else { testid.to_owned() };
    let found = Memo::new(move |_| if state.open.get() { search.run(state.query.get()) } else { Vec::new() });
    let pick = Callback::new(move |key: String| {
        state.query.set(String::new());
        state.open.set(false);
        on_pick.run(key);
    });
    view! {
        <div class="combo" on:focusout=move |_| state.open.set(false)>
            <div class="combo-field">
                {icon(Glyph::Search)}
                <input
                    id=id.clone()
                    data-testid=testid
                    class="input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=label
                    aria-autocomplete="list"
                    aria-controls=format!("{id}-list")
                    aria-expanded=move || state.open.get().to_string()
                    aria-activedescendant=move || {
                        found.with(|found| found.get(state.at.get()).map(|_| state.item_id(state.at.get())))
                    }
                    placeholder=placeholder
                    prop:value=state.query
                    on:focus=move |_| state.open.set(true)
                    on:click=move |_| state.open.set(true)
                    on:input=move |event| state.search(event_target_value(&event))
                    on:keydown=move |event| state.key(&event, found, pick)
                />
            </div>
            {move || state.open.get().then(|| view! { <List state found pick label/> })}
        </div>
    }
}

#[derive(Clone, Copy)]
struct Search {
    query: RwSignal<String>,
    at: RwSignal<usize>,
    open: RwSignal<bool>,
    id: StoredValue<String>,
}

impl Search {
    fn item_id(self, index: usize) -> String {
        format!("{}-{index}", self.id.get_value())
    }

    fn search(self, text: String) {
        self.query.set(text);
        self.at.set(0);
        self.open.set(true);
    }

    fn key(self, event: &KeyboardEvent, found: Memo<Vec<Choice>>, pick: Callback<String>) {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        let at = self.at.get_untracked().min(last);
        let open = self.open.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" if open => (at + 1).min(last),
            "ArrowUp" if open => at.saturating_sub(1),
            "PageDown" if open => (at + 8).min(last),
            "PageUp" if open => at.saturating_sub(8),
            "ArrowDown" => {
                self.open.set(true);
                at
            }
            "Enter" => {
                event.prevent_default();
                let key = found.with_untracked(|found| found.get(at).map(|choice| choice.key.clone()));
                return key.into_iter().for_each(|key| pick.run(key));
            }
            "Escape" if open => {
                self.open.set(false);
                at
            }
            _ => return,
        };
        event.prevent_default();
        self.at.set(next);
        browser::reveal(&self.item_id(next));
    }
}

#[component]
fn List(
    state: Search,
    found: Memo<Vec<Choice>>,
    pick: Callback<String>,
    label: &'static str,
) -> impl IntoView {
    let item = move |(index, choice): (usize, Choice)| {
        let key = choice.key.clone();
        view! {
            <li
                id=state.item_id(index)
                role="option"
                class="combo-item"
                data-testid="picker-item"
                data-key=choice.key
                aria-selected=move || (state.at.get() == index).to_string()
                on:mousedown=move |event| {
                    event.prevent_default();
                    pick.run(key.clone());
                }
            >
                <span class="mark">{choice.mark}</span>
                <span class="title">{choice.title}</span>
                <span class="detail">{choice.detail}</span>
                {(!choice.badge.is_empty()).then(|| view! { <span class="chip">{choice.badge}</span> })}
            </li>
        }
    };
    view! {
        <ul class="combo-list" role="listbox" aria-label=label id=format!("{}-list", state.id.get_value())>
            {move || found.get().into_iter().enumerate().map(item).collect_view()}
        </ul>
        <p class="combo-none" role="status">
            {move || found.with(Vec::is_empty).then_some("Nothing is called that. Try a number, or another word.")}
        </p>
    }
}
