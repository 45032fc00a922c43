//! One option in the list: as it is, or open for changing.

use super::{Panel, ValueEditor, define::Undefined};
use crate::{
    forms::desk::{TextKey, field_id, finding},
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::{
    draft::{Standing, is_same_option},
    option::{Definitions, OptionData, check},
};

/// One option.
#[component]
pub fn OptionRow(
    /// The panel.
    panel: Panel,
    /// Where the option stands.
    path: String,
) -> impl IntoView {
    let desk = panel.desk;
    let at = StoredValue::new(path);
    let option = Memo::new(move |_| desk.draft.with(|draft| at.with_value(|path| draft.option(path))));
    let standing = Memo::new(move |_| {
        desk.edits.with(|edits| desk.draft.with(|draft| at.with_value(|path| draft.standing(edits, path))))
    });
    let is_open = Memo::new(move |_| panel.open.with(|open| open.as_ref() == Some(&at.get_value())));
    let names =
        Memo::new(move |_| option.with(|option| panel.definitions.with(|known| names(known, option))));
    let code = move || names.with(|(code, _)| code.clone());
    let name = move || names.with(|(_, name)| name.clone());
    let space = move || {
        let service = desk.place().1.service();
        let space = option.with(|option| option.space.clone());
        (!space.is_empty() && space != service).then(|| view! { <span class="chip">{space}</span> })
    };
    let (class, mark) = (move || class(standing.get()), move || mark(standing.get()));
    let findings = desk.findings_in(at.get_value());
    let beneath = move || {
        (!is_open.get()).then(|| {
            let all = findings.with(|all| all.iter().map(finding).collect_view());
            view! { <div class="option-notes">{all}</div> }
        })
    };
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
                <span class="option-name">{name} {space} {move || mark().map(|mark| view! { <span class="chip">{mark}</span> })}</span>
                <code class="option-value" data-testid="option-value">{move || option.with(|option| option.data.clone())}</code>
                <span class="option-flags">{move || option.with(flags)}</span>
                <Actions panel at is_open name=Signal::derive(name)/>
            </div>
            {beneath}
            {move || is_open.get().then(|| view! { <Open panel at option/> })}
        </li>
    }
}

/// The open editor with what only the draft knows.
#[component]
fn Open(panel: Panel, at: StoredValue<String>, option: Memo<OptionData>) -> impl IntoView {
    let desk = panel.desk;
    let all = desk.findings_in(at.get_value());
    // What the editor says by itself, without waiting for the engine, is not said again.
    let said = Memo::new(move |_| {
        let checked = option.with(|option| panel.definitions.with(|known| check(known, option)));
        checked.diagnostics.into_iter().map(|one| one.code).collect::<Vec<_>>()
    });
    let others = move || {
        let said = said.get();
        all.with(|all| all.iter().filter(|one| !said.contains(&one.code)).map(finding).collect_view())
    };
    let overrides = move || {
        let known = panel.definitions.get();
        let outer = panel.outer.with(|all| {
            let same = |outer: &&perch_shared::draft::OuterOption| {
                option.with(|option| is_same_option(&known, &outer.option, option))
            };
            all.iter().find(same).cloned()
        })?;
        let from = format!(" {}.", outer.from.words());
        Some(view! { <p class="inherits">"Overrides " <code>{outer.option.data}</code> {from}</p> })
    };
    let classes = format!("{}.client-classes", at.get_value());
    let for_classes = desk.draft.with_untracked(|draft| draft.knows(&classes)).then(|| {
        view! {
            <div class="field">
                <label for=field_id(&classes)>"Only for classes"</label>
                <TextKey desk path=classes placeholder="all clients"/>
            </div>
        }
    });
    let change = Callback::new(move |option: OptionData| {
        desk.update(|draft| at.with_value(|path| draft.set_option(path, &option)));
    });
    let has_never = desk.draft.with_untracked(|draft| draft.version.has_never_send());
    view! {
        <ValueEditor
            id=at.get_value()
            option=option
            definitions=panel.definitions
            has_never
            example=desk.draft.with_untracked(|draft| option.with_untracked(|option| draft.example_of(option)))
            on_change=change
            on_done=Callback::new(move |()| panel.close())
            remark=ViewFn::from(move || view! { <Undefined panel at/> })
        >
            {others}
            {overrides}
            {for_classes}
        </ValueEditor>
    }
}

#[component]
fn Actions(
    panel: Panel,
    at: StoredValue<String>,
    is_open: Memo<bool>,
    name: Signal<String>,
) -> impl IntoView {
    let toggle = move |_| if is_open.get_untracked() { panel.close() } else { panel.edit(&at.get_value()) };
    let label = move |verb: &'static str| move || format!("{verb} {}", name.get());
    // Whoever looks for the value's field while it is closed comes to the button that opens it.
    let id = move || if is_open.get() { None } else { Some(field_id(&format!("{}.data", at.get_value()))) };
    view! {
        <span class="option-actions">
            <button
                id=id
                type="button"
                class="btn ghost square"
                data-testid="edit-option"
                title="Edit"
                aria-label=label("Edit")
                aria-expanded=move || is_open.get().to_string()
                on:click=toggle
            >
                {icon(Glyph::Edit)}
            </button>
            <button
                type="button"
                class="btn ghost square"
                data-testid="remove-option"
                title="Remove"
                aria-label=label("Remove")
                on:click=move |_| panel.remove(&at.get_value())
            >
                {icon(Glyph::Trash)}
            </button>
        </span>
    }
}

/// An option's number and name, as far as either is known.
pub fn names(known: &Definitions, option: &OptionData) -> (String, String) {
    let definition = known.resolve(option);
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
    let flags = flags.into_iter().filter(|(on, _)| *on).map(|(_, word)| word.to_owned());
    let classes = option.classes();
    let classes = (!classes.is_empty()).then(|| format!("for {}", classes.join(", ")));
    flags.chain(classes).map(|word| view! { <span class="chip">{word}</span> }).collect_view()
}

const fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Same => "same",
        Standing::New => "new",
        Standing::Changed => "changed",
    }
}

const fn mark(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Same => None,
        Standing::New => Some("new"),
        Standing::Changed => Some("changed"),
    }
}
