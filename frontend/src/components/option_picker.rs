//! Finding an option among all that a daemon knows.

use crate::ui::{Choice, Combobox};
use leptos::prelude::*;
use perch_shared::option::{Definition, Definitions, OptionData, expects};

/// What somebody picked, as the entry to begin with.
pub type Picked = OptionData;

/// A search field over all options of the daemon's standard space, by name and by number.
#[component]
pub fn OptionPicker(
    /// The options that there are.
    definitions: StoredValue<Definitions>,
    /// Whether an option is set already.
    is_set: Callback<u16, bool>,
    /// Called with the entry to begin with.
    on_pick: Callback<Picked>,
) -> impl IntoView {
    let search = Callback::new(move |text: String| {
        let mut found: Vec<Choice> = definitions.with_value(|known| {
            known.search(&text).iter().map(|definition| choice(definition, is_set)).collect()
        });
        found.extend(definitions.with_value(|known| raw(known, &text)));
        found
    });
    let pick = Callback::new(move |key: String| {
        let Ok(code) = key.parse() else { return };
        on_pick.run(definitions.with_value(|known| begin(known, code)));
    });
    view! {
        <Combobox
            id="option-picker"
            label="Add an option, by name or number"
            placeholder="Add an option: type a name or a number"
            search
            on_pick=pick
        />
    }
}

fn choice(definition: &Definition, is_set: Callback<u16, bool>) -> Choice {
    Choice {
        key: definition.code.to_string(),
        mark: definition.code.to_string(),
        title: definition.name.clone(),
        detail: match definition.set_by {
            "" => expects(definition),
            "Kea" => "Kea sets it itself".into(),
            parameter => format!("comes from {parameter}"),
        },
        badge: match (is_set.run(definition.code), definition.set_by, definition.standard) {
            (true, ..) => "set already",
            (_, "", true) => "",
            (_, "", false) => "custom",
            _ => "set by Kea",
        },
    }
}

/// A number that no definition has: Kea takes it as plain bytes.
fn raw(known: &Definitions, text: &str) -> Option<Choice> {
    let code: u16 = text.trim().parse().ok()?;
    let usable = (1..known.family.max_option_code()).contains(&code);
    if !usable || known.by_code(known.family.service(), code).is_some() {
        return None;
    }
    Some(Choice {
        key: code.to_string(),
        mark: code.to_string(),
        title: "without a definition".into(),
        detail: "plain bytes, in hexadecimal".into(),
        badge: "",
    })
}

fn begin(known: &Definitions, code: u16) -> OptionData {
    match known.by_code(known.family.service(), code) {
        Some(definition) => OptionData {
            code: Some(code),
            name: definition.name,
            space: definition.space,
            ..OptionData::default()
        },
        None => OptionData { code: Some(code), csv_format: Some(false), ..OptionData::default() },
    }
}
