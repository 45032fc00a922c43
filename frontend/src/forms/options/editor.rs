//! Changing one option: its value, checked with every key, and how Kea sends it.

use super::Desk;
use crate::{
    components::{Findings, WireBytes},
    ui::{Check, Glyph, Segments, icon, prose},
};
use leptos::{ev::KeyboardEvent, prelude::*};
use perch_shared::option::{Checked, OptionData, check, decode, expects};

/// The value's field with what is said about it, its bytes, and its flags.
#[component]
pub fn ValueEditor(
    /// The draft.
    desk: Desk,
    /// The option's entry.
    key: u32,
) -> impl IntoView {
    let option = Memo::new(move |_| {
        desk.draft.with(|draft| draft.entry(key).and_then(|entry| entry.after.clone()).unwrap_or_default())
    });
    let checked =
        Memo::new(move |_| option.with(|option| desk.definitions.with_value(|known| check(known, option))));
    view! {
        <div class="editor" data-testid="option-editor">
            <div class="editor-value">
                <ValueField desk key option checked/>
                <WireBytes bytes=Signal::derive(move || checked.with(|checked| checked.bytes.clone()))/>
            </div>
            <div class="editor-side">
                <Format desk key option checked/>
                <Flags desk key option/>
                <button type="button" class="btn" data-testid="done" on:click=move |_| desk.close()>
                    {icon(Glyph::Check)} "Done"
                </button>
            </div>
        </div>
    }
}

#[component]
fn ValueField(desk: Desk, key: u32, option: Memo<OptionData>, checked: Memo<Checked>) -> impl IntoView {
    let id = format!("value-{key}");
    let note = format!("value-note-{key}");
    let set = move |text: String| desk.draft.update(|draft| draft.change(key, |option| option.data = text));
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" | "Escape" if !event.is_composing() => {
            event.prevent_default();
            desk.close();
        }
        _ => {}
    };
    let expected = move || {
        let is_hex = option.with(|option| option.csv_format == Some(false));
        let words = checked.with(|checked| checked.definition.as_ref().map(expects));
        match words {
            Some(words) if !is_hex => words,
            _ => "bytes in hexadecimal, such as `c0 00 02 01`".to_owned(),
        }
    };
    let wrong = move || {
        checked.with(|checked| checked.diagnostics.iter().any(perch_shared::diagnostic::Diagnostic::is_error))
    };
    view! {
        <div class="field">
            <label for=id.clone()>"Value"</label>
            <textarea
                id=id
                data-testid="value-field"
                class="input mono"
                rows="1"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                aria-describedby=note.clone()
                aria-invalid=move || wrong().to_string()
                prop:value=move || option.with(|option| option.data.clone())
                on:input=move |event| set(event_target_value(&event))
                on:keydown=on_key
            ></textarea>
            <div id=note class="note" aria-live="polite" data-testid="field-message">
                <Findings
                    found=Signal::derive(move || checked.with(|checked| checked.diagnostics.clone()))
                    text=Signal::derive(move || option.with(|option| option.data.clone()))
                />
                <p class="hint" data-testid="expects">"Expects " {move || prose(&expected())}</p>
            </div>
        </div>
    }
}

/// Values separated by commas, or hexadecimal digits. Changing it rewrites the value when its meaning is known.
#[component]
fn Format(desk: Desk, key: u32, option: Memo<OptionData>, checked: Memo<Checked>) -> impl IntoView {
    let chosen = Signal::derive(move || {
        option.with(|option| if option.csv_format == Some(false) { "hex" } else { "text" })
    });
    let choose = Callback::new(move |format: &'static str| {
        let (bytes, definition) =
            checked.with_untracked(|checked| (checked.bytes.clone(), checked.definition.clone()));
        let hex = format == "hex";
        let text = match (hex, bytes, definition) {
            (true, Some(bytes), _) => {
                Some(bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>())
            }
            (false, Some(bytes), Some(definition)) => decode(&definition, &bytes),
            _ => None,
        };
        desk.draft.update(|draft| {
            draft.change(key, |option| {
                option.csv_format = Some(!hex);
                option.data = text.unwrap_or_else(|| std::mem::take(&mut option.data));
            });
        });
    });
    view! {
        <Segments label="Format" name=format!("format-{key}") choices=vec![("text", "Text"), ("hex", "Hex")] chosen on_choose=choose/>
    }
}

#[component]
fn Flags(desk: Desk, key: u32, option: Memo<OptionData>) -> impl IntoView {
    let was = move |pick: fn(&OptionData) -> Option<bool>| {
        desk.draft.with_untracked(|draft| draft.entry(key)?.before.as_ref().and_then(pick))
    };
    let set = move |pick: fn(&mut OptionData) -> &mut Option<bool>, was: Option<bool>, on: bool| {
        let value = if on || was.is_some() { Some(on) } else { None };
        desk.draft.update(|draft| draft.change(key, |option| *pick(option) = value));
    };
    let always = Signal::derive(move || option.with(|option| option.always_send == Some(true)));
    let never = Signal::derive(move || option.with(|option| option.never_send == Some(true)));
    let set_always = move |on| set(|option| &mut option.always_send, was(|option| option.always_send), on);
    let set_never = move |on| set(|option| &mut option.never_send, was(|option| option.never_send), on);
    let has_never = desk.definitions.with_value(|known| known.version.has_never_send());
    view! {
        <div class="flags">
            <Check label="Always send" hint="also to clients that do not ask for it" checked=always on_change=Callback::new(set_always)/>
            {has_never.then(|| view! {
                <Check label="Never send" hint="not even when something else sets it" checked=never on_change=Callback::new(set_never)/>
            })}
        </div>
    }
}
