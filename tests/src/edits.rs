//! Edits of options, for tests: short to write, and made from what Perch itself says is there.

use perch_shared::{api::OptionsView, change::Edit, option::OptionData};

/// Adds an option by its name.
pub fn add(name: &str, data: &str) -> Edit {
    Edit::SetOption {
        before: None,
        after: OptionData { name: name.to_owned(), data: data.to_owned(), ..OptionData::default() },
    }
}

/// Adds an option by its code.
pub fn add_code(code: u16, data: &str) -> Edit {
    let after = OptionData {
        code: Some(code),
        data: data.to_owned(),
        csv_format: Some(false),
        ..OptionData::default()
    };
    Edit::SetOption { before: None, after }
}

/// Gives an option that is there another value.
///
/// # Panics
/// When it is not there.
pub fn change(view: &OptionsView, name: &str, data: &str) -> Edit {
    let before = find(view, name);
    Edit::SetOption { after: OptionData { data: data.to_owned(), ..before.clone() }, before: Some(before) }
}

/// Removes an option that is there.
///
/// # Panics
/// When it is not there.
pub fn remove(view: &OptionsView, name: &str) -> Edit {
    Edit::RemoveOption { before: find(view, name) }
}

fn find(view: &OptionsView, name: &str) -> OptionData {
    let found = view.options.iter().find(|option| option.name == name).cloned();
    found.unwrap_or_else(|| panic!("no option {name} in {:?}", view.options))
}
