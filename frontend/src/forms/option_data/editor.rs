//! Changing one option: its value, checked with every key, and how Kea sends it.

use crate::{
    components::{Findings, WireBytes},
    forms::desk::field_id,
    ui::{Check, Glyph, Segments, icon, prose},
};
use leptos::{ev::KeyboardEvent, prelude::*};
use perch_shared::option::{Checked, Definitions, OptionData, check, decode, expects};

/// What the parts of the editor share.
#[derive(Clone, Copy)]
struct Value {
    id: StoredValue<String>,
    option: Memo<OptionData>,
    checked: Memo<Checked>,
    on_change: Callback<OptionData>,
    on_done: Callback<()>,
    example: &'static str,
}

impl Value {
    fn change(self, change: impl FnOnce(&mut OptionData)) {
        let mut option = self.option.get_untracked();
        change(&mut option);
        self.on_change.run(option);
    }
}

/// The value's field with what is said about it, its bytes, and its flags.
#[component]
pub fn ValueEditor(
    /// The option's name in ids, unique on the page.
    id: String,
    /// The option.
    option: Memo<OptionData>,
    /// What is known about options.
    definitions: Memo<Definitions>,
    /// Whether this Kea has `never-send`.
    has_never: bool,
    /// An example of a value, shown while there is none.
    #[prop(optional)]
    example: &'static str,
    /// Called with every change.
    on_change: Callback<OptionData>,
    /// Called when somebody is done.
    on_done: Callback<()>,
    /// What there is to say about the value, right below it.
    #[prop(optional, into)]
    remark: Option<ViewFn>,
    /// What else there is to say and to set.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let checked = Memo::new(move |_| option.with(|option| definitions.with(|known| check(known, option))));
    let value = Value { id: StoredValue::new(id), option, checked, on_change, on_done, example };
    view! {
        <div class="editor" data-testid="option-editor">
            <div class="editor-value">
                <ValueField value/>
                {remark.map(|remark| remark.run())}
                <WireBytes bytes=Signal::derive(move || checked.with(|checked| checked.bytes.clone()))/>
                {children.map(|children| children())}
            </div>
            <div class="editor-side">
                <Format value/>
                <Flags value has_never/>
                <button type="button" class="btn" data-testid="done" on:click=move |_| on_done.run(())>
                    {icon(Glyph::Check)} "Done"
                </button>
            </div>
        </div>
    }
}

#[component]
fn ValueField(value: Value) -> impl IntoView {
    let Value { option, checked, .. } = value;
    let id = field_id(&format!("{}.data", value.id.get_value()));
    let note = format!("{id}-note");
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" | "Escape" if !event.is_composing() => {
            event.prevent_default();
            value.on_done.run(());
        }
        _ => {}
    };
    let expected = move || {
        let is_hex = option.with(|option| option.csv_format == Some(false));
        let words = checked.with(|checked| checked.definition.as_ref().map(expects));
        match words {
            Some(words) if !is_hex => words,
            _ => "bytes in hexadecimal, such as `c0 00 02 01`, or text in single quotes, such as `'perch'`"
                .to_owned(),
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
                placeholder=value.example
                aria-describedby=note.clone()
                aria-invalid=move || wrong().to_string()
                prop:value=move || option.with(|option| option.data.clone())
                on:input=move |event| value.change(|option| option.data = event_target_value(&event))
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
fn Format(value: Value) -> impl IntoView {
    let chosen = Signal::derive(move || {
        value.option.with(|option| if option.csv_format == Some(false) { "hex" } else { "text" })
    });
    let choose = Callback::new(move |format: &'static str| {
        let (bytes, definition) =
            value.checked.with_untracked(|checked| (checked.bytes.clone(), checked.definition.clone()));
        let hex = format == "hex";
        let text = match (hex, bytes, definition) {
            (true, Some(bytes), _) => {
                Some(bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>())
            }
            (false, Some(bytes), Some(definition)) => decode(&definition, &bytes),
            _ => None,
        };
        value.change(|option| {
            option.csv_format = Some(!hex);
            option.data = text.unwrap_or_else(|| std::mem::take(&mut option.data));
        });
    });
    let name = format!("format-{}", value.id.get_value());
    view! { <Segments label="Format" name choices=vec![("text", "Text"), ("hex", "Hex")] chosen on_choose=choose/> }
}

#[component]
fn Flags(value: Value, has_never: bool) -> impl IntoView {
    let option = value.option;
    let always = Signal::derive(move || option.with(|option| option.always_send == Some(true)));
    let never = Signal::derive(move || option.with(|option| option.never_send == Some(true)));
    // What Kea printed as false is false again, what was not there goes.
    let turned = |was: Option<bool>, on: bool| if on || was.is_some() { Some(on) } else { None };
    let set_always = move |on| value.change(|option| option.always_send = turned(option.always_send, on));
    let set_never = move |on| value.change(|option| option.never_send = turned(option.never_send, on));
    view! {
        <div class="flags">
            <Check label="Always send" hint="also to clients that do not ask for it" checked=always on_change=Callback::new(set_always)/>
            {has_never.then(|| view! {
                <Check label="Never send" hint="not even when something else sets it" checked=never on_change=Callback::new(set_never)/>
            })}
        </div>
    }
}
