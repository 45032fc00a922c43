//! Filters with names, which this browser keeps.

use super::filter::Filter;
use crate::{
    browser,
    ui::{Dialog, Glyph, TextField, icon},
};
use leptos::prelude::*;

/// Where they are kept.
const KEY: &str = "perch-filters:networks";

/// A name, and the text of a filter.
type Saved = (String, String);

/// The filters that were kept, and a way to keep the present one.
#[component]
pub fn SavedFilters(
    /// The present filter.
    filter: Filter,
) -> impl IntoView {
    let all = RwSignal::new(read());
    let (open, name) = (RwSignal::new(false), RwSignal::new(String::new()));
    let change = move |change: &dyn Fn(&mut Vec<Saved>)| {
        all.update(|all| change(all));
        all.with_untracked(|all| write(all));
    };
    let can_save = move || {
        let text = filter.text.get();
        !text.trim().is_empty()
            && filter.error.with(Option::is_none)
            && all.with(|all| all.iter().all(|(_, kept)| *kept != text))
    };
    let chip = move |(name, text): Saved| {
        let (shown, wanted, gone) = (text.clone(), text.clone(), name.clone());
        let current = move || (filter.text.get() == shown).to_string();
        let label = format!("Remove the filter {name}");
        view! {
            <li class="saved" data-testid="saved-filter">
                <button type="button" class="saved-use" aria-pressed=current title=text on:click=move |_| filter.set_text(&wanted)>
                    {icon(Glyph::Filter)} {name}
                </button>
                <button
                    type="button"
                    class="saved-remove"
                    aria-label=label
                    data-testid="remove-filter"
                    on:click=move |_| change(&|all| all.retain(|(name, _)| *name != gone))
                >
                    {icon(Glyph::Close)}
                </button>
            </li>
        }
    };
    let keep = move || {
        let (named, text) = (name.get_untracked().trim().to_owned(), filter.text.get_untracked());
        if named.is_empty() {
            return;
        }
        change(&|all| {
            all.retain(|(name, _)| *name != named);
            all.push((named.clone(), text.clone()));
        });
        open.set(false);
    };
    let begin = move |_| {
        name.set(String::new());
        open.set(true);
    };
    view! {
        <div class="saved-line" class:shown=move || can_save() || !all.with(Vec::is_empty)>
            <ul class="saved-list" aria-label="Saved filters">{move || all.get().into_iter().map(chip).collect_view()}</ul>
            {move || can_save().then(|| view! {
                <button type="button" class="btn ghost small" data-testid="save-filter" on:click=begin>{icon(Glyph::Star)} "Save filter…"</button>
            })}
        </div>
        <Dialog open title="Save this filter" testid="save-filter-dialog">
            <form class="dialog-form" on:submit=move |event| { event.prevent_default(); keep(); }>
                <div class="dialog-body">
                    <p><code>{filter.text}</code></p>
                    <TextField id="filter-name" label="Name" value=name on_input=Callback::new(move |text| name.set(text)) hint="Kept in this browser. A filter of the same name is replaced."/>
                </div>
                <footer class="dialog-foot">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                    <button type="submit" class="btn primary" data-testid="keep-filter" disabled=move || name.with(|name| name.trim().is_empty())>"Save filter"</button>
                </footer>
            </form>
        </Dialog>
    }
}

fn read() -> Vec<Saved> {
    let kept = browser::local_storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default()
}

fn write(all: &[Saved]) {
    if let (Some(storage), Ok(text)) = (browser::local_storage(), serde_json::to_string(all)) {
        let _ = storage.set_item(KEY, &text);
    }
}
