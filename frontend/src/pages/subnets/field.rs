//! A key of several subnets: what they have in common, or what they have each, and one value for all.

use super::several::Several;
use crate::{
    forms::desk::{field_id, finding},
    ui::{counted, prose},
};
use leptos::prelude::*;
use perch_engine::Finding;
use perch_shared::draft::{KeyKind, Spread, field, join};

/// How many different values are shown.
const SHOWN: usize = 4;

/// A key. Nothing where this Kea does not know it.
#[component]
pub fn Common(
    /// The subnets.
    several: Several,
    /// The key.
    key: &'static str,
) -> impl IntoView {
    let first = several.objects.with_untracked(|objects| objects.first().cloned());
    let path = join(&first.unwrap_or_default(), key);
    let (known, kind) = several.desk.draft.with_untracked(|draft| (draft.knows(&path), draft.kind(&path)));
    if !known || path == key {
        return ().into_any();
    }
    let about = field(&path);
    let (spread, changed, wrong) = (several.spread(key), several.is_changed(key), several.wrong(key));
    let label = about.map_or(key, |about| about.label);
    let id = field_id(key);
    let refused = move || wrong.with(|all| all.iter().any(|(one, _)| one.refused_by != [false, false]));
    let unit = about.map(|about| about.unit).filter(|unit| !unit.is_empty());
    let unit =
        unit.map(|unit| view! { <span class="unit">{if unit == "s" { "seconds" } else { unit }}</span> });
    let help = about.map(|about| about.help).filter(|help| !help.is_empty());
    let control = match kind {
        KeyKind::Flag => view! { <Flag several key id=id.clone() spread/> }.into_any(),
        _ => view! { <Text several key id=id.clone() spread is_number={matches!(kind, KeyKind::Integer | KeyKind::Real)} invalid=Signal::derive(refused)/> }.into_any(),
    };
    view! {
        <div class="prop" class:changed=changed class:wrong=refused data-testid="prop" data-path=key>
            <div class="prop-name"><label for=id.clone()>{label}</label><code>{key}</code></div>
            <div class="prop-value">{control}{unit}</div>
            <div class="prop-note" id=format!("{id}-note") aria-live="polite">
                <Each several key spread changed/>
                {move || wrong.with(|all| all.iter().map(|(one, count)| said(several, one, *count)).collect_view())}
                {help.map(|help| view! { <p class="hint">{prose(help)}</p> })}
            </div>
        </div>
    }
    .into_any()
}

/// What is wrong, and with how many of them where it is not all.
fn said(several: Several, one: &Finding, count: usize) -> AnyView {
    let all = several.objects.with_untracked(Vec::len);
    let part = if count < all { format!(" ({count} of {all} subnets)") } else { String::new() };
    finding(&Finding { message: format!("{}{part}", one.message), ..one.clone() })
}

/// What stands in the field: what all have, or nothing where they differ.
fn common(spread: &Spread) -> String {
    match spread.as_slice() {
        [(Some(value), _)] => value.clone(),
        _ => String::new(),
    }
}

/// What the empty field shows.
fn hint(spread: &Spread, inherited: &Spread) -> String {
    match (spread.as_slice(), inherited.as_slice()) {
        ([_, _, ..], _) | (_, [_, _, ..]) => "several values".to_owned(),
        (_, [(Some(value), _)]) => value.clone(),
        _ => String::new(),
    }
}

#[component]
fn Text(
    several: Several,
    key: &'static str,
    id: String,
    spread: Memo<Spread>,
    is_number: bool,
    invalid: Signal<bool>,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let value = move || typed.get().unwrap_or_else(|| spread.with(common));
    let inherited = several.inherited(key);
    let hint = move || spread.with(|spread| inherited.with(|inherited| hint(spread, inherited)));
    let classes = key.starts_with("client-class").then(|| {
        let names = several.desk.draft.with_untracked(perch_shared::draft::Draft::class_names);
        let options = names.into_iter().map(|name| view! { <option value=name></option> }).collect_view();
        view! { <datalist id=format!("{id}-names")>{options}</datalist> }
    });
    let list = classes.is_some().then(|| format!("{id}-names"));
    view! {
        <input
            id=id.clone()
            data-testid=id.clone()
            class="input"
            class:number=is_number
            type="text"
            inputmode=if is_number { "decimal" } else { "text" }
            list=list
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby=format!("{id}-note")
            aria-invalid=move || invalid.get().to_string()
            placeholder=hint
            prop:value=value
            on:input=move |event| {
                let text = event_target_value(&event);
                several.set(key, &text);
                typed.set(Some(text));
            }
            on:blur=move |_| typed.set(None)
        />
        {classes}
    }
}

#[component]
fn Flag(several: Several, key: &'static str, id: String, spread: Memo<Spread>) -> impl IntoView {
    let now = move || {
        spread.with(|spread| match spread.as_slice() {
            [(None, _)] => "unset".to_owned(),
            [(Some(value), _)] => value.clone(),
            _ => String::new(),
        })
    };
    let now = Memo::new(move |_| now());
    let choice = move |(value, word): (&'static str, &'static str)| {
        view! { <option value=value selected=move || now.with(|now| now == value)>{word}</option> }
    };
    let choices = [("", "several values"), ("unset", "inherit"), ("true", "yes"), ("false", "no")];
    let choose = move |event| match event_target_value(&event).as_str() {
        "unset" => several.clear(key),
        text => several.set(key, text),
    };
    view! {
        <select id=id.clone() data-testid=id.clone() class="input" aria-describedby=format!("{id}-note") on:change=choose>
            {choices.map(choice).into_iter().collect_view()}
        </select>
    }
}

/// What each of them has, where they differ, and the ways back.
#[component]
fn Each(several: Several, key: &'static str, spread: Memo<Spread>, changed: Memo<bool>) -> impl IntoView {
    let inherited = several.inherited(key);
    let words = move || {
        let own = spread.get().into_iter().filter(|(value, _)| value.is_some()).map(|one| (false, one));
        let all: Vec<(bool, (Option<String>, usize))> =
            own.chain(inherited.get().into_iter().map(|one| (true, one))).collect();
        (all.len() > 1).then(|| {
            let more = all.len().saturating_sub(SHOWN);
            let more = (more > 0).then(|| format!("and {more} other values"));
            let all = all.into_iter().take(SHOWN).map(|(inherits, (value, count))| {
                let value = match value {
                    Some(value) => view! { <code>{value}</code> }.into_any(),
                    None => "not set".into_any(),
                };
                let how = if inherits { format!(" inherited in {count}") } else { format!(" in {count}") };
                view! { <span>{value} {how}</span> }
            });
            let all = all.collect_view();
            view! { <p class="inherits several-values" data-testid="values">{all} {more}</p> }
        })
    };
    let has_own = move || spread.with(|spread| spread.iter().any(|(value, _)| value.is_some()));
    let ways = move || {
        let back = changed.get().then(|| {
            view! { <button type="button" class="link" data-testid="put-back" on:click=move |_| several.set(key, "")>"Leave as it is"</button> }
        });
        let clear = has_own().then(|| {
            view! { <button type="button" class="link" data-testid="clear" on:click=move |_| several.clear(key)>"Remove from all"</button> }
        });
        let all = several.objects.with(Vec::len);
        let words =
            changed.get().then(|| format!("Changed for {}.", counted(all as u128, "subnet", "subnets")));
        (back.is_some() || clear.is_some())
            .then(|| view! { <p class="inherits several-ways"><span>{words}</span> {back} {clear}</p> })
    };
    view! { {words} {ways} }
}
