//! Edits of options, for tests: short to write, and made from what Perch itself says is there; and changes of them.

use perch_shared::{
    Family,
    api::{Absent, ChangeRequest, ChangeTarget, OptionsView, ServerId},
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

/// The same edits for several daemons of one family, whatever they run now.
pub(crate) fn for_all(ids: &[ServerId], family: Family, absent: Absent, edits: &[Edit]) -> ChangeRequest {
    ChangeRequest { edits: edits.to_vec(), absent, ..for_each(ids.iter().map(|id| (id, Vec::new())), family) }
}

/// Edits of its own for each of several daemons of one family, whatever they run now.
pub fn for_each<'i>(edits: impl Iterator<Item = (&'i ServerId, Vec<Edit>)>, family: Family) -> ChangeRequest {
    let target = |(id, edits): (&ServerId, Vec<Edit>)| ChangeTarget {
        server: id.clone(),
        family,
        based_on: None,
        edits,
    };
    ChangeRequest {
        targets: edits.map(target).collect(),
        edits: Vec::new(),
        comment: String::new(),
        absent: Absent::default(),
        undoes: None,
        restores: None,
    }
}

/// The same edits for several daemons, each of which must still run what was seen.
pub(crate) fn based(targets: &[(&ServerId, Family, &str)], edits: &[Edit]) -> ChangeRequest {
    let target = |(id, family, based_on): &(&ServerId, Family, &str)| ChangeTarget {
        server: (*id).clone(),
        family: *family,
        based_on: Some((*based_on).to_owned()),
        edits: Vec::new(),
    };
    ChangeRequest {
        targets: targets.iter().map(target).collect(),
        edits: edits.to_vec(),
        comment: String::new(),
        absent: Absent::default(),
        undoes: None,
        restores: None,
    }
}
