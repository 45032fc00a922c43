//! Edits of options, for tests: short to write, and made from what Perch itself says is there.

use perch_shared::{
    api::OptionsView,
    change::{Edit, Place},
    option::OptionData,
};

/// Adds an option by its name.
pub fn add(name: &str, data: &str) -> Edit {
    set(&OptionData { name: name.to_owned(), data: data.to_owned(), ..OptionData::default() })
}

/// Adds a global option.
pub fn set(after: &OptionData) -> Edit {
    Edit::option(&Place::root(), None, Some(after))
}

/// Adds an option by its code.
pub fn add_code(code: u16, data: &str) -> Edit {
    let after = OptionData {
        code: Some(code),
        data: data.to_owned(),
        csv_format: Some(false),
        ..OptionData::default()
    };
    set(&after)
}

/// Gives an option that is there another value.
///
/// # Panics
/// When it is not there.
pub fn change(view: &OptionsView, name: &str, data: &str) -> Edit {
    let before = find(view, name);
    let after = OptionData { data: data.to_owned(), ..before.clone() };
    Edit::option(&Place::root(), Some(&before), Some(&after))
}

/// Removes an option that is there.
///
/// # Panics
/// When it is not there.
pub fn remove(view: &OptionsView, name: &str) -> Edit {
    Edit::option(&Place::root(), Some(&find(view, name)), None)
}

fn find(view: &OptionsView, name: &str) -> OptionData {
    let found = view.options.iter().find(|option| option.name == name).cloned();
    found.unwrap_or_else(|| panic!("no option {name} in {:?}", view.options))
}
