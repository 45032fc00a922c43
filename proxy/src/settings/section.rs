//! A table of the settings file: takes its keys out one by one and finds those that nobody takes.

use super::{mistake::Mistake, value::Setting};
use std::ops::Range;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A table while it is read.
#[derive(Debug)]
pub struct Section<'a> {
    name: &'static str,
    place: Range<usize>,
    table: Option<&'a DeTable<'a>>,
    known: Vec<&'static str>,
    mistakes: Vec<Mistake>,
}

impl<'a> Section<'a> {
    /// A table that is there, or one that is not (`None`), in which nothing stands.
    pub fn new(name: &'static str, place: Range<usize>, table: Option<&'a DeTable<'a>>) -> Self {
        Self { name, place, table, known: Vec::new(), mistakes: Vec::new() }
    }

    /// The value of a key; `None` when it is not there or is wrong.
    pub fn get<T: Setting>(&mut self, key: &'static str) -> Option<T> {
        let value = self.find(key)?;
        match T::read(value.get_ref()) {
            Ok(setting) => Some(setting),
            Err(wrong) => {
                self.wrong(value.span(), format!("`{key}`: {}", wrong.what), wrong.help);
                None
            }
        }
    }

    /// The table below a key.
    pub fn section(&mut self, key: &'static str) -> Section<'a> {
        let found = self.find(key);
        let table = found.and_then(|value| value.get_ref().as_table());
        if let Some(value) = found.filter(|_| table.is_none()) {
            self.wrong(
                value.span(),
                format!("`{key}` is not a table"),
                format!("write `[{key}]` and its keys below"),
            );
        }
        Section::new(key, found.map_or(0..0, Spanned::span), table)
    }

    /// The tables of the list below a key.
    pub fn sections(&mut self, key: &'static str) -> Vec<Section<'a>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let items =
            value.get_ref().as_array().filter(|items| items.iter().all(|item| item.get_ref().is_table()));
        let Some(items) = items else {
            self.wrong(
                value.span(),
                format!("`{key}` is not a list of tables"),
                format!("write `[[{key}]]`"),
            );
            return Vec::new();
        };
        items.iter().map(|item| Section::new(key, item.span(), item.get_ref().as_table())).collect()
    }

    /// Whether the key stands there, right or wrong.
    pub fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.iter().any(|(name, _)| name.get_ref() == key))
    }

    /// Where the key's value stands; the table's own place when it is not there.
    pub fn place(&self, key: &str) -> Range<usize> {
        let found = self.table.and_then(|table| table.iter().find(|(name, _)| name.get_ref() == key));
        found.map_or(self.place.clone(), |(_, value)| value.span())
    }

    /// Notes a mistake.
    pub fn wrong(&mut self, span: Range<usize>, what: impl Into<String>, help: impl Into<String>) {
        self.mistakes.push(Mistake { span, what: what.into(), help: help.into() });
    }

    /// All mistakes; keys that nobody asked for are among them.
    pub fn finish(mut self) -> Vec<Mistake> {
        for (key, _) in self.table.into_iter().flat_map(|table| table.iter()) {
            if !self.known.contains(&key.get_ref().as_ref()) {
                let help = self.suggest(key.get_ref());
                let place = if self.name.is_empty() { String::new() } else { format!(" in `{}`", self.name) };
                self.wrong(key.span(), format!("unknown key `{}`{place}", key.get_ref()), help);
            }
        }
        self.mistakes
    }

    fn find(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key);
        self.table?.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn suggest(&self, key: &str) -> String {
        let close = |known: &&&str| strsim::damerau_levenshtein(&key.replace('_', "-"), known) <= 2;
        let near =
            self.known.iter().filter(close).min_by_key(|known| strsim::damerau_levenshtein(key, known));
        match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the keys here are {}", self.known.join(", ")),
        }
    }
}
