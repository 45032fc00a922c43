//! Changing one definition.

use crate::{
    forms::desk::{Desk, KeyField, Row, field_id, finding},
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::option::OptionType;

/// The fields of a definition.
#[component]
pub fn DefinitionForm(
    /// The desk.
    desk: Desk,
    /// Where the definition stands.
    path: String,
    /// Called when somebody is done.
    on_done: Callback<()>,
) -> impl IntoView {
    let at = StoredValue::new(path.clone());
    let key = move |key: &str| format!("{}.{key}", at.get_value());
    let findings = desk.findings(path.clone());
    let kind = Memo::new(move |_| desk.draft.with(|draft| draft.text_at(&key("type"))));
    let record =
        move || (kind.get() == "record").then(|| view! { <KeyField desk path=key("record-types")/> });
    view! {
        <div class="definition-form" data-testid="definition-form">
            <div class="definition-findings">{move || findings.with(|all| all.iter().map(finding).collect_view())}</div>
            <KeyField desk path=key("name")/>
            <KeyField desk path=key("code")/>
            <NextFree desk path=path.clone()/>
            <KeyField desk path=key("space")/>
            <Spaces desk path=path.clone()/>
            <Row desk path=key("type")><Kind desk path=key("type")/></Row>
            {record}
            <KeyField desk path=key("array")/>
            <KeyField desk path=key("encapsulate")/>
            <p class="definition-foot">
                <button type="button" class="btn" data-testid="done" on:click=move |_| on_done.run(())>{icon(Glyph::Check)} "Done"</button>
            </p>
        </div>
    }
}

/// The types that an option can have.
#[component]
fn Kind(desk: Desk, path: String) -> impl IntoView {
    let (shown, typed) = (path.clone(), path.clone());
    let now = Memo::new(move |_| desk.draft.with(|draft| draft.text_at(&shown)));
    let choice = |kind: OptionType| {
        let word = kind.as_str();
        view! { <option value=word selected=move || now.with(|now| now == word)>{word}</option> }
    };
    view! {
        <select
            id=field_id(&path)
            data-testid=field_id(&path)
            class="input"
            aria-describedby=format!("{}-note", field_id(&path))
            on:change=move |event| desk.update(|draft| draft.set_text(&typed, &event_target_value(&event)))
        >
            {OptionType::ALL.map(choice).into_iter().collect_view()}
        </select>
    }
}

/// The next code that nobody has in the definition's space.
#[component]
fn NextFree(desk: Desk, path: String) -> impl IntoView {
    let at = StoredValue::new(path);
    let free = Memo::new(move |_| {
        let path = at.get_value();
        let scope = path.rsplit_once(".option-def[").map(|(scope, _)| scope.to_owned()).unwrap_or_default();
        desk.draft.with(|draft| draft.free_code(&scope, &draft.text_at(&format!("{path}.space"))))
    });
    let take = move |_| {
        let code = free.get_untracked().to_string();
        desk.update(|draft| draft.set_text(&format!("{}.code", at.get_value()), &code));
    };
    view! {
        <p class="definition-hint" data-testid="next-free">
            "The next free code of this space is " <code>{move || free.get()}</code> ". "
            <button type="button" class="link" data-testid="take-free" on:click=take>"Use it"</button>
        </p>
    }
}

/// The spaces that there are, to pick one.
#[component]
fn Spaces(desk: Desk, path: String) -> impl IntoView {
    let at = StoredValue::new(path);
    let spaces = Memo::new(move |_| desk.draft.with(perch_shared::draft::Draft::option_spaces));
    let pick = move |space: String| {
        let (shown, set) = (space.clone(), space);
        let take = move |_| desk.update(|draft| draft.set_text(&format!("{}.space", at.get_value()), &set));
        view! { <button type="button" class="link" on:click=take>{shown}</button>" " }
    };
    move || {
        let all = spaces.get();
        (all.len() > 1).then(|| {
            view! { <p class="definition-hint">"Spaces in use: " {all.into_iter().map(pick).collect_view()}</p> }
        })
    }
}
