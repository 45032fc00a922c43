//! One option in the list: as it is, or open for changing.

use super::{Desk, Standing, ValueEditor};
use crate::ui::{Glyph, icon};
use leptos::prelude::*;
use perch_shared::option::OptionData;

/// One option.
#[component]
pub fn OptionRow(
    /// The draft.
    desk: Desk,
    /// The option's entry.
    key: u32,
) -> impl IntoView {
    let entry = Memo::new(move |_| desk.draft.with(|draft| draft.entry(key).cloned()));
    let standing =
        Memo::new(move |_| entry.with(|entry| entry.as_ref().map_or(Standing::Same, super::Entry::standing)));
    let shown = Memo::new(move |_| {
        entry.with(|entry| entry.as_ref().and_then(super::Entry::shown).cloned().unwrap_or_default())
    });
    let is_open = Memo::new(move |_| desk.open.get() == Some(key) && standing.get() != Standing::Removed);
    let names = Memo::new(move |_| shown.with(|option| names(desk, option)));
    let code = move || names.with(|(code, _)| code.clone());
    let name = move || names.with(|(_, name)| name.clone());
    let (class, mark) = (move || class(standing.get()), move || mark(standing.get()));
    view! {
        <li
            class=move || format!("option {}{}", class(), if is_open.get() { " open" } else { "" })
            data-testid="option-row"
            data-code=code
            data-name=name
            data-standing=class
        >
            <div class="option-line">
                <span class="option-code">{code}</span>
                <span class="option-name">{name} {move || mark().map(|mark| view! { <span class="chip">{mark}</span> })}</span>
                <code class="option-value" data-testid="option-value">{move || shown.with(|option| option.data.clone())}</code>
                <span class="option-flags">{move || shown.with(flags)}</span>
                <Actions desk key standing name=Signal::derive(name)/>
            </div>
            {move || is_open.get().then(|| view! { <ValueEditor desk key/> })}
        </li>
    }
}

#[component]
fn Actions(desk: Desk, key: u32, standing: Memo<Standing>, name: Signal<String>) -> impl IntoView {
    let undo = move |_| {
        desk.open.set(None);
        desk.draft.update(|draft| draft.undo(key));
    };
    let remove = move |_| {
        desk.open.set(None);
        desk.draft.update(|draft| draft.remove(key));
    };
    let toggle = move |_| if desk.open.get_untracked() == Some(key) { desk.close() } else { desk.edit(key) };
    let removed = move || standing.get() == Standing::Removed;
    let undoable = move || matches!(standing.get(), Standing::Changed | Standing::Removed);
    let label = move |verb: &'static str| move || format!("{verb} {}", name.get());
    view! {
        <span class="option-actions">
            {move || undoable().then(|| view! {
                <button type="button" class="btn ghost square" data-testid="undo-option" title="Undo" aria-label=label("Undo the change of") on:click=undo>
                    {icon(Glyph::Undo)}
                </button>
            })}
            {move || (!removed()).then(|| view! {
                <button
                    id=format!("edit-{key}")
                    type="button"
                    class="btn ghost square"
                    data-testid="edit-option"
                    title="Edit"
                    aria-label=label("Edit")
                    aria-expanded=move || (desk.open.get() == Some(key)).to_string()
                    on:click=toggle
                >
                    {icon(Glyph::Edit)}
                </button>
                <button type="button" class="btn ghost square" data-testid="remove-option" title="Remove" aria-label=label("Remove") on:click=remove>
                    {icon(Glyph::Trash)}
                </button>
            })}
        </span>
    }
}

/// An option's number and name, as far as either is known.
fn names(desk: Desk, option: &OptionData) -> (String, String) {
    let definition = desk.definitions.with_value(|known| known.resolve(option));
    let code = option.code.or(definition.as_ref().map(|definition| definition.code));
    let name = match definition {
        Some(definition) => definition.name,
        None if option.name.is_empty() => "without a definition".to_owned(),
        None => option.name.clone(),
    };
    (code.map(|code| code.to_string()).unwrap_or_default(), name)
}

fn flags(option: &OptionData) -> impl IntoView + use<> {
    let flags = [
        (option.always_send == Some(true), "always"),
        (option.never_send == Some(true), "never"),
        (option.csv_format == Some(false), "hex"),
    ];
    flags
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, word)| view! { <span class="chip">{word}</span> })
        .collect_view()
}

const fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Same => "same",
        Standing::New => "new",
        Standing::Changed => "changed",
        Standing::Removed => "removed",
    }
}

const fn mark(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Same => None,
        Standing::New => Some("new"),
        Standing::Changed => Some("changed"),
        Standing::Removed => Some("removed"),
    }
}
