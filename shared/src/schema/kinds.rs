//! What a reader takes as a value.

use super::{RANGES, WORDS};
use crate::json::{Element, Kind};

const NULL: u16 = 1;
const BOOLEAN: u16 = 2;
const INTEGER: u16 = 4;
const REAL: u16 = 8;
const TEXT: u16 = 16;
const EMPTY_TEXT: u16 = 32;
const LIST: u16 = 64;
const EMPTY_LIST: u16 = 128;
const MAP: u16 = 256;
const EMPTY_MAP: u16 = 512;
const OF_TEXTS: u16 = 1024;
const OF_MAPS: u16 = 2048;
const OF_FULL_MAPS: u16 = 4096;
const ANY_CASE: u16 = 8192;
const ALL: u16 = 1023;

/// The values that a reader takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Type {
    pub(super) kinds: u16,
    pub(super) words: u8,
    pub(super) range: u8,
}

/// Why a value is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is of another kind.
    Kind,
    /// It is empty.
    Empty,
    /// It is none of the words that are known.
    Word,
    /// It is out of range.
    Range,
    /// An item of the list is of another kind, or none of the words.
    Item,
}

impl Type {
    /// Everything.
    pub(crate) const ANY: Self = Self { kinds: ALL, words: 0, range: 0 };

    /// Nothing.
    pub(crate) const NONE: Self = Self { kinds: 0, words: 0, range: 0 };

    /// A map with members.
    pub(crate) const MAP: Self = Self { kinds: MAP, words: 0, range: 0 };

    /// What an item of the list must be.
    pub(crate) fn item(self) -> Self {
        let kinds = if self.kinds & OF_TEXTS != 0 { TEXT } else { MAP };
        Self { kinds, words: 0, range: 0 }
    }

    /// Whether a value of the kind is taken.
    pub(crate) fn takes(self, kind: Kind) -> bool {
        let bit = match kind {
            Kind::Map => MAP,
            Kind::List => LIST,
            Kind::String => TEXT,
            Kind::Integer => INTEGER,
            Kind::Real => REAL,
            Kind::Boolean => BOOLEAN,
            Kind::Null => NULL,
            Kind::BigInteger | Kind::Unknown => 0,
        };
        self.kinds & bit != 0
    }

    /// Whether it is a list of texts.
    pub(crate) fn is_of_texts(self) -> bool {
        self.kinds & OF_TEXTS != 0
    }

    /// Whether its words are taken in upper case too.
    pub(crate) fn is_any_case(self) -> bool {
        self.kinds & ANY_CASE != 0
    }

    /// Whether nothing is taken.
    pub(crate) fn is_none(self) -> bool {
        self.kinds & ALL == 0
    }

    /// Whether a number is taken and its range is known.
    pub(crate) fn range(self) -> Option<(i64, i64)> {
        RANGES.get(usize::from(self.range)).copied().filter(|_| self.range != 0)
    }

    /// The words that are taken; empty: any text.
    pub(crate) fn words(self) -> &'static [&'static str] {
        WORDS.get(usize::from(self.words)).copied().unwrap_or_default()
    }

    /// Why a value is not taken; `None`: it is. Only as many bytes are looked at as are needed.
    pub(crate) fn fault(self, value: Element<'_>) -> Option<Fault> {
        let bytes = value.source().as_bytes();
        match bytes.first()? {
            b'"' => self.text(value, bytes.len() == 2),
            b'{' => self.filled(MAP, EMPTY_MAP, value),
            b'[' => self.list(value),
            b't' | b'f' => self.plain(BOOLEAN),
            b'n' => self.plain(NULL),
            _ if self.kinds & INTEGER != 0 && self.kinds & REAL != 0 => None,
            _ => match value.kind() {
                Kind::Integer => self.plain(INTEGER).or_else(|| self.integer(value)),
                Kind::Real => self.plain(REAL),
                Kind::BigInteger => Some(Fault::Kind),
                _ => None,
            },
        }
    }

    fn plain(self, kind: u16) -> Option<Fault> {
        (self.kinds & kind == 0).then_some(Fault::Kind)
    }

    fn filled(self, kind: u16, empty: u16, value: Element<'_>) -> Option<Fault> {
        if self.kinds & kind == 0 && self.kinds & empty == 0 {
            return Some(Fault::Kind);
        }
        if self.kinds & kind != 0 && self.kinds & empty != 0 {
            return None;
        }
        let is_empty = value.children().next().is_none();
        let wanted = if is_empty { empty } else { kind };
        (self.kinds & wanted == 0).then_some(if is_empty { Fault::Empty } else { Fault::Kind })
    }

    fn text(self, value: Element<'_>, is_empty: bool) -> Option<Fault> {
        if self.kinds & (TEXT | EMPTY_TEXT) == 0 {
            return Some(Fault::Kind);
        }
        if is_empty && self.kinds & EMPTY_TEXT == 0 {
            return Some(Fault::Empty);
        }
        (!self.knows(value)).then_some(Fault::Word)
    }

    fn knows(self, value: Element<'_>) -> bool {
        let words = self.words();
        words.is_empty()
            || value.as_str().is_some_and(|text| {
                words.iter().any(|word| {
                    if self.kinds & ANY_CASE != 0 { word.eq_ignore_ascii_case(&text) } else { *word == text }
                })
            })
    }

    fn integer(self, value: Element<'_>) -> Option<Fault> {
        let (low, high) = self.range()?;
        (!value.as_int().is_some_and(|number| (low..=high).contains(&number))).then_some(Fault::Range)
    }

    fn list(self, value: Element<'_>) -> Option<Fault> {
        self.filled(LIST, EMPTY_LIST, value).or_else(|| {
            (self.kinds & (OF_TEXTS | OF_MAPS) != 0 && value.items().any(|item| self.refuses_item(item)))
                .then_some(Fault::Item)
        })
    }

    /// Whether an item of a list is not taken.
    pub(crate) fn refuses_item(self, item: Element<'_>) -> bool {
        let first = item.source().as_bytes().first().copied();
        (self.kinds & OF_TEXTS != 0 && (first != Some(b'"') || !self.knows(item)))
            || (self.kinds & OF_MAPS != 0
                && (first != Some(b'{')
                    || self.kinds & OF_FULL_MAPS != 0 && item.children().next().is_none()))
    }

    /// What is taken, as words: `an integer`, `one of a, b`.
    pub(crate) fn phrase(self) -> String {
        let quoted = || self.words().iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        if self.kinds & OF_TEXTS != 0 {
            return if self.words == 0 {
                "a list of texts".to_owned()
            } else {
                format!("a list of {}", quoted())
            };
        }
        if self.words != 0 {
            return format!("one of {}", quoted());
        }
        let parts = [
            (BOOLEAN, "a boolean"),
            (INTEGER, "an integer"),
            (REAL, "a number with a decimal point"),
            (TEXT, "a text"),
            (OF_MAPS, "a list of maps"),
            (MAP, "a map"),
        ];
        let named: Vec<&str> =
            parts.iter().filter(|(kind, _)| self.kinds & kind != 0).map(|(_, name)| *name).collect();
        if named.is_empty() { "a list".to_owned() } else { named.join(" or ") }
    }
}
