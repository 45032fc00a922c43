//! An `option-data` entry as Kea's parser sees it, borrowed from wherever it stands.

use super::{DefRef, Definitions, OptionData, hex};
use crate::{
    Family,
    json::{Element, Kind},
};
use std::borrow::Cow;

/// The keys of an entry that decide what it is. A key of the wrong type is as good as none: Kea complains about it
/// before it looks at the values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry<'a> {
    /// Kea takes the lower 32 bits of any number.
    pub(crate) code: Option<u32>,
    pub(crate) name: Option<Cow<'a, str>>,
    pub(crate) space: Option<Cow<'a, str>>,
    /// Its text as [`crate::json::byte_text`] has it.
    pub(crate) data: Option<Cow<'a, str>>,
    pub(crate) csv_format: Option<bool>,
    pub(crate) never_send: bool,
    /// The text of `client-classes`.
    pub(crate) classes: Option<Element<'a>>,
}

impl<'a> Entry<'a> {
    /// An entry of a configuration's text.
    pub(crate) fn read(element: Element<'a>) -> Self {
        let mut entry = Self::default();
        if element.kind() != Kind::Map {
            return entry;
        }
        for child in element.children() {
            // The first letter rules most of them out; a backslash may be any letter.
            let initial = child.key_initial();
            let is = |name: &str| {
                (initial == Some(b'\\') || initial == name.as_bytes().first().copied()) && child.has_key(name)
            };
            if is("name") {
                entry.name = child.as_str();
            } else if is("data") {
                entry.data = child.as_byte_text();
            } else if is("code") {
                entry.code = child.as_int().map(wrapped);
            } else if is("space") {
                entry.space = child.as_str();
            } else if is("csv-format") {
                entry.csv_format = child.as_bool();
            } else if is("never-send") {
                entry.never_send = child.as_bool() == Some(true);
            } else if is("client-classes") {
                entry.classes = Some(child);
            }
        }
        entry
    }

    /// An entry of a form: what is empty there is not written.
    pub(super) fn of(option: &'a OptionData) -> Self {
        let text = |text: &'a str| (!text.is_empty()).then_some(Cow::Borrowed(text));
        Self {
            code: option.code.map(u32::from),
            name: text(&option.name),
            space: text(&option.space),
            data: text(&option.data),
            csv_format: option.csv_format,
            never_send: option.never_send == Some(true),
            classes: None,
        }
    }

    /// The space, with the default filled in: the daemon's standard one.
    pub(crate) fn space_or_default(&self, family: Family) -> &str {
        self.space.as_deref().unwrap_or(family.service())
    }

    /// Its value; to Kea, none and an empty one are the same, except beside `never-send`.
    pub(super) fn value(&self) -> &str {
        self.data.as_deref().unwrap_or_default()
    }

    /// Whether its value is good with `csv-format` false.
    pub(crate) fn is_hex(&self) -> bool {
        hex::formatted(self.value()).is_some()
    }

    /// The definition that Kea uses for it: by its code when it has one, otherwise by its name. A class's own
    /// definitions come first.
    pub(crate) fn resolve<'e>(
        &'e self,
        definitions: &'e Definitions,
        own: Option<&'e Definitions>,
    ) -> Option<DefRef<'e>> {
        let space = self.space_or_default(definitions.family);
        match (self.code, self.name.as_deref()) {
            (Some(code), _) => {
                let code =
                    u16::try_from(code).ok().filter(|code| *code <= definitions.family.max_option_code())?;
                let own = own.and_then(|own| own.own_code(space, code));
                own.or_else(|| definitions.find_code(space, code))
            }
            (None, Some(name)) => {
                let own = own.and_then(|own| own.own_name(space, name));
                own.or_else(|| definitions.find_name(space, name))
            }
            (None, None) => None,
        }
    }
}

/// The lower 32 bits.
fn wrapped(code: i64) -> u32 {
    u32::try_from(code & 0xffff_ffff).unwrap_or_default()
}
