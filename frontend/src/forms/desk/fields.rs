//! Fields over the keys of a draft: the right control for each kind, what is inherited, and what is wrong.

use super::Desk;
use crate::{
    components::look,
    ui::{Glyph, Segments, icon, prose},
};
use leptos::prelude::*;
use perch_engine::Finding;
use perch_shared::draft::{KeyKind, field};

/// The id of the field of a path.
pub fn id(path: &str) -> String {
    format!("f-{path}")
}

/// A key with its name, its control, what it inherits and what it does. Nothing where this Kea does not know the key.
#[component]
pub fn KeyField(
    /// The desk.
    desk: Desk,
    /// The key's path.
    #[prop(into)]
    path: String,
    /// Another name than that of the table.
    #[prop(optional)]
    label: &'static str,
) -> impl IntoView {
    let (known, kind) = desk
        .draft
        .with_untracked(|draft| (draft.knows(&path) || draft.get(&path).is_some(), draft.kind(&path)));
    if !known {
        return ().into_any();
    }
    match kind {
        KeyKind::Flag => view! { <Row desk path=path.clone() label><FlagField desk path/></Row> }.into_any(),
        KeyKind::Word(words) => {
            view! { <Row desk path=path.clone() label><WordField desk path words/></Row> }.into_any()
        }
        _ => view! { <Row desk path=path.clone() label><TextKey desk path/></Row> }.into_any(),
    }
}

/// The line around a control: the key's name on one side, what there is to say below it.
#[component]
pub fn Row(
    /// The desk.
    desk: Desk,
    /// The key's path.
    path: String,
    /// Another name than that of the table.
    #[prop(optional)]
    label: &'static str,
    /// The control, whose id is that of the path.
    children: Children,
) -> impl IntoView {
    let about = field(&path);
    let key = path.rsplit('.').next().unwrap_or_default().to_owned();
    let name = match (label, about) {
        ("", Some(about)) => about.label.to_owned(),
        ("", None) => key.clone(),
        (label, _) => label.to_owned(),
    };
    let shown_key = (name != key).then(|| key.clone());
    let findings = desk.findings(path.clone());
    let place = path.clone();
    let changed = Memo::new(move |_| {
        desk.edits.with(|edits| !edits.is_empty() && desk.draft.with(|draft| draft.touches(edits, &place)))
    });
    let wrong = move || findings.with(|all| all.iter().any(|one| one.refused_by != [false, false]));
    let (field_id, note) = (id(&path), format!("{}-note", id(&path)));
    let unit = about.map(|about| about.unit).filter(|unit| !unit.is_empty());
    view! {
        <div class="prop" class:changed=changed class:wrong=wrong data-testid="prop" data-path=path.clone()>
            <div class="prop-name">
                <label for=field_id id=format!("{}-label", id(&path))>{name}</label>
                {shown_key.map(|key| view! { <code>{key}</code> })}
            </div>
            <div class="prop-value">{children()}{unit.map(|unit| view! { <span class="unit">{words_of_unit(unit)}</span> })}</div>
            <div class="prop-note" id=note aria-live="polite">
                <Inheritance desk path=path.clone()/>
                {move || findings.with(|all| all.iter().map(finding).collect_view())}
                {about.filter(|about| !about.help.is_empty()).map(|about| view! { <p class="hint">{prose(about.help)}</p> })}
            </div>
        </div>
    }
}

fn words_of_unit(unit: &'static str) -> &'static str {
    match unit {
        "s" => "seconds",
        "ms" => "milliseconds",
        other => other,
    }
}

/// A finding below a field.
pub fn finding(finding: &Finding) -> AnyView {
    let (class, word, glyph) = look(finding.severity);
    view! {
        <p class=format!("finding {class}") data-testid="field-finding" data-code=finding.code.clone()>
            {icon(glyph)}
            <span>
                <span class="sr">{word}": "</span>{prose(&finding.message)}
                {finding.help.clone().map(|help| view! { <span class="finding-help">{prose(&help)}</span> })}
            </span>
        </p>
    }
    .into_any()
}

/// What is wrong at a path, for a field that has no [`Row`] around it.
#[component]
pub fn FieldFindings(
    /// The desk.
    desk: Desk,
    /// The path.
    #[prop(into)]
    path: String,
    /// Whether what is wrong below the path is said as well.
    #[prop(optional)]
    within: bool,
) -> impl IntoView {
    let all = if within { desk.findings_in(path) } else { desk.findings(path) };
    move || all.with(|all| all.iter().map(finding).collect_view())
}

/// What the key would be without a value of its own, and the way back to that.
#[component]
fn Inheritance(desk: Desk, path: String) -> impl IntoView {
    let (looked, reset, place) = (path.clone(), path.clone(), path.clone());
    let inherited = Memo::new(move |_| desk.draft.with(|draft| draft.inherited(&looked)));
    let is_set = Memo::new(move |_| desk.draft.with(|draft| draft.sets(&place)));
    let put_back = move |_| desk.update(|draft| draft.put(&reset, None));
    move || {
        let inherited = inherited.get()?;
        let words = inherited.from.words();
        Some(if is_set.get() {
            let put_back = put_back.clone();
            view! {
                <p class="inherits">
                    "Overrides " <code>{inherited.text}</code> {format!(" {words}. ")}
                    <button type="button" class="link" data-testid="inherit" on:click=put_back>"Inherit it"</button>
                </p>
            }
            .into_any()
        } else {
            view! { <p class="inherits">"Inherits " <code>{inherited.text}</code> {format!(" {words}.")}</p> }
                .into_any()
        })
    }
}

/// A line of text, a number, or words with commas between. What is typed stays as it is typed while the field has the
/// focus.
#[component]
pub fn TextKey(
    /// The desk.
    desk: Desk,
    /// The key's path.
    path: String,
    /// An example, shown while it is empty and nothing is inherited.
    #[prop(optional)]
    placeholder: &'static str,
) -> impl IntoView {
    let is_number =
        desk.draft.with_untracked(|draft| matches!(draft.kind(&path), KeyKind::Integer | KeyKind::Real));
    let (shown, typed, looked, read) = (path.clone(), path.clone(), path.clone(), path.clone());
    let text = RwSignal::new(None::<String>);
    let value = move || text.get().unwrap_or_else(|| desk.draft.with(|draft| draft.text_at(&shown)));
    let findings = desk.findings(read);
    let invalid =
        move || findings.with(|all| all.iter().any(|one| one.refused_by != [false, false])).to_string();
    let default = field(&path).map(|about| about.default).unwrap_or_default();
    let hint = move || {
        let inherited = desk.draft.with(|draft| draft.inherited(&looked));
        match inherited {
            Some(inherited) => inherited.text,
            None if placeholder.is_empty() => default.to_owned(),
            None => placeholder.to_owned(),
        }
    };
    view! {
        <input
            id=id(&path)
            data-testid=id(&path)
            class="input"
            class:number=is_number
            type="text"
            inputmode=if is_number { "decimal" } else { "text" }
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby=format!("{}-note", id(&path))
            aria-invalid=invalid
            placeholder=hint
            prop:value=value
            on:input=move |event| {
                let typed_text = event_target_value(&event);
                desk.update(|draft| draft.set_text(&typed, &typed_text));
                text.set(Some(typed_text));
            }
            on:blur=move |_| text.set(None)
        />
    }
}

/// Yes, no, or as inherited.
#[component]
pub fn FlagField(
    /// The desk.
    desk: Desk,
    /// The key's path.
    path: String,
) -> impl IntoView {
    let (shown, set, looked) = (path.clone(), path.clone(), path.clone());
    let default = field(&path).map(|about| about.default).unwrap_or_default();
    let unset = desk.draft.with_untracked(|draft| match draft.inherited(&looked) {
        Some(_) => "Inherit",
        None => match default {
            "true" => "Default: yes",
            "false" => "Default: no",
            _ => "Not set",
        },
    });
    let chosen = Signal::derive(move || {
        desk.draft.with(|draft| match draft.flag_at(&shown) {
            Some(true) => "true",
            Some(false) => "false",
            None => "",
        })
    });
    let choose = Callback::new(move |choice: &'static str| {
        desk.update(|draft| draft.set_flag(&set, choice.parse().ok()));
    });
    view! {
        <Segments
            label="Choice"
            name=id(&path)
            choices=vec![("", unset), ("true", "Yes"), ("false", "No")]
            chosen
            on_choose=choose
        />
    }
}

/// One of a few words.
#[component]
pub fn WordField(
    /// The desk.
    desk: Desk,
    /// The key's path.
    path: String,
    /// The words.
    words: &'static [&'static str],
) -> impl IntoView {
    let (shown, typed, looked) = (path.clone(), path.clone(), path.clone());
    let default = field(&path).map(|about| about.default).unwrap_or_default();
    let now = Memo::new(move |_| desk.draft.with(|draft| draft.text_at(&shown)));
    let unset = move || match desk.draft.with(|draft| draft.inherited(&looked)) {
        Some(inherited) => format!("inherit: {}", inherited.text),
        None if default.is_empty() => "not set".to_owned(),
        None => format!("default: {default}"),
    };
    let options = words.iter().map(|word| {
        view! { <option value=*word selected=move || now.with(|now| now == word)>{*word}</option> }
    });
    view! {
        <select
            id=id(&path)
            data-testid=id(&path)
            class="input"
            aria-describedby=format!("{}-note", id(&path))
            on:change=move |event| desk.update(|draft| draft.set_text(&typed, &event_target_value(&event)))
        >
            <option value="" selected=move || now.with(String::is_empty)>{unset}</option>
            {options.collect_view()}
        </select>
    }
}

/// A button that adds an item to a list.
#[component]
pub fn AddButton(
    /// What it adds, such as `Add pool`.
    label: &'static str,
    /// Its name for tests.
    testid: &'static str,
    /// Adds it.
    on_add: Callback<()>,
) -> impl IntoView {
    view! { <button type="button" class="btn" data-testid=testid on:click=move |_| on_add.run(())>{icon(Glyph::Add)} {label}</button> }
}
