//! An `option-def` entry as it stands, whatever it holds.

use super::{Definition, OptionDef, definition::record_fields};
use crate::{
    Family,
    json::{Element, Kind},
};
use std::borrow::Cow;

/// The keys of a definition. A key of the wrong type is as good as none: Kea complains about it before it looks at
/// the values.
#[derive(Debug, Clone, Default)]
pub(crate) struct DefEntry<'a> {
    pub(crate) name: Option<Cow<'a, str>>,
    pub(crate) code: Option<i64>,
    pub(crate) kind: Option<Cow<'a, str>>,
    pub(crate) space: Option<Cow<'a, str>>,
    pub(crate) array: bool,
    pub(crate) record_types: Cow<'a, str>,
    pub(crate) encapsulate: Cow<'a, str>,
}

impl<'a> DefEntry<'a> {
    /// A definition of a configuration's text.
    pub(crate) fn read(element: Element<'a>) -> Self {
        let mut entry = Self::default();
        if element.kind() != Kind::Map {
            return entry;
        }
        for child in element.children() {
            if child.has_key("name") {
                entry.name = child.as_str();
            } else if child.has_key("code") {
                entry.code = child.as_int();
            } else if child.has_key("type") {
                entry.kind = child.as_str();
            } else if child.has_key("space") {
                entry.space = child.as_str();
            } else if child.has_key("array") {
                entry.array = child.as_bool() == Some(true);
            } else if child.has_key("record-types") {
                entry.record_types = child.as_str().unwrap_or_default();
            } else if child.has_key("encapsulate") {
                entry.encapsulate = child.as_str().unwrap_or_default();
            }
        }
        entry
    }

    /// A definition of a form.
    pub(super) fn of(def: &'a OptionDef) -> Self {
        Self {
            name: Some(Cow::Borrowed(&def.name)),
            code: Some(def.code.into()),
            kind: Some(Cow::Borrowed(def.kind.as_str())),
            space: (!def.space.is_empty()).then_some(Cow::Borrowed(&def.space)),
            array: def.array,
            record_types: Cow::Borrowed(&def.record_types),
            encapsulate: Cow::Borrowed(&def.encapsulate),
        }
    }

    /// The space, with the default filled in: the daemon's standard one.
    pub(crate) fn space_or_default(&self, family: Family) -> &str {
        self.space.as_deref().unwrap_or(family.service())
    }

    /// The code, where the daemon's protocol can have it.
    pub(crate) fn valid_code(&self, family: Family) -> Option<u16> {
        let code = u16::try_from(self.code?).ok()?;
        (code <= family.max_option_code()).then_some(code)
    }

    /// The definition that options follow, so far as it can be understood.
    pub(crate) fn definition(&self, family: Family) -> Option<Definition> {
        Some(Definition {
            family,
            space: self.space_or_default(family).to_owned(),
            code: self.valid_code(family)?,
            name: self.name.as_deref()?.to_owned(),
            kind: self.kind.as_deref()?.parse().ok()?,
            array: self.array,
            fields: record_fields(&self.record_types),
            encapsulate: self.encapsulate.as_ref().to_owned(),
            standard: false,
            set_by: "",
        })
    }
}
