//! Finding an option among all that a daemon knows.

use crate::ui::{Choice, Combobox};
use leptos::prelude::*;
use perch_shared::option::{Definition, Definitions, OptionData, expects};

/// What somebody picked, as the entry to begin with.
pub type Picked = OptionData;

/// A search field over all options of the daemon's standard space, and those of its own in other spaces, by name and by
/// number. `space:code` means any option of any space.
#[component]
pub fn OptionPicker(
    /// The field's id, unique on the page.
    #[prop(into)]
    id: String,
    /// The options that there are.
    definitions: Memo<Definitions>,
    /// Whether an option of a space is set already.
    is_set: Callback<(String, u16), bool>,
    /// Called with the entry to begin with.
    on_pick: Callback<Picked>,
) -> impl IntoView {
    let search = Callback::new(move |text: String| {
        definitions.with_untracked(|known| {
            let standard = known.search(&text);
            let mut found: Vec<Choice> =
                standard.iter().chain(&elsewhere(known, &text)).map(|one| choice(one, is_set)).collect();
            found.extend(raw(known, &text));
            found
        })
    });
    let pick = Callback::new(move |key: String| {
        let Some((space, code)) = key.rsplit_once(':') else { return };
        let Ok(code) = code.parse() else { return };
        on_pick.run(definitions.with_untracked(|known| begin(known, space, code)));
    });
    view! {
        <Combobox
            id
            testid="option-picker"
            label="Add an option, by name or number"
            placeholder="Add an option: type a name or a number"
            search
            on_pick=pick
        />
    }
}

/// The daemon's own options in other spaces.
fn elsewhere(known: &Definitions, text: &str) -> Vec<Definition> {
    let wanted = text.trim().to_lowercase();
    let fits = |one: &&Definition| {
        one.space != known.family.service()
            && (wanted.is_empty()
                || one.name.to_lowercase().contains(&wanted)
                || one.space.to_lowercase().starts_with(&wanted)
                || one.code.to_string() == wanted)
    };
    known.custom().iter().filter(fits).cloned().collect()
}

fn choice(definition: &Definition, is_set: Callback<(String, u16), bool>) -> Choice {
    let outside = definition.space != definition.family.service();
    let expected = match definition.set_by {
        "" => expects(definition),
        "Kea" => "Kea sets it itself".into(),
        parameter => format!("comes from {parameter}"),
    };
    Choice {
        key: format!("{}:{}", definition.space, definition.code),
        mark: definition.code.to_string(),
        title: definition.name.clone(),
        detail: if outside { format!("in {}: {expected}", definition.space) } else { expected },
        badge: match (
            is_set.run((definition.space.clone(), definition.code)),
            definition.set_by,
            definition.standard,
        ) {
            (true, ..) => "set already",
            (_, "", true) => "",
            (_, "", false) => "custom",
            _ => "set by Kea",
        },
    }
}

/// A number that no definition has: Kea takes it as plain bytes. With a space before it, whatever that space has.
fn raw(known: &Definitions, text: &str) -> Option<Choice> {
    let text = text.trim();
    let (space, code) = text.split_once(':').unwrap_or((known.family.service(), text));
    let code: u16 = code.trim().parse().ok()?;
    let outside = space != known.family.service();
    let defined = known.by_code(space, code);
    let usable = outside || (1..known.family.max_option_code()).contains(&code);
    if !usable || space.is_empty() || (defined.is_some() && !outside) {
        return None;
    }
    let (title, detail) = match &defined {
        Some(definition) => (definition.name.clone(), expects(definition)),
        None => ("without a definition".into(), "plain bytes, in hexadecimal".into()),
    };
    Some(Choice { key: format!("{space}:{code}"), mark: code.to_string(), title, detail, badge: "" })
}

fn begin(known: &Definitions, space: &str, code: u16) -> OptionData {
    let outside = if space == known.family.service() { String::new() } else { space.to_owned() };
    match known.by_code(space, code) {
        Some(definition) => OptionData {
            code: Some(code),
            name: definition.name,
            space: if outside.is_empty() { definition.space } else { outside },
            ..OptionData::default()
        },
        None => {
            OptionData { code: Some(code), space: outside, csv_format: Some(false), ..OptionData::default() }
        }
    }
}
