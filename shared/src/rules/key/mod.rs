//! Rules about keys, whatever object they are in.

pub(super) mod deprecated;
pub(super) mod dropped;
pub(super) mod duplicate_meaning;
pub(super) mod file_only;
pub(super) mod missing;
pub(super) mod renamed;
mod successor;
pub(super) mod too_new;
pub(super) mod unknown;

use crate::{
    json::Element,
    rules::{
        Findings, Review,
        shape::{Free, Shape},
    },
    schema::nearest,
};

pub(super) const RULES: &[super::Rule] = &[
    deprecated::RULE,
    dropped::RULE,
    duplicate_meaning::RULE,
    file_only::RULE,
    missing::RULE,
    renamed::RULE,
    too_new::RULE,
    unknown::RULE,
];

/// What these rules find is found on the one walk along the schema.
fn on_the_walk(_: &Review<'_>, _: &mut Findings) {}

/// What an unknown key may have meant: another key of the object, or a key of another object.
enum Meant {
    Key(&'static str),
    Elsewhere(String),
    Nothing,
}

fn meant(shape: &Shape<'_>, key: &str, free: &mut Free<'_>) -> Meant {
    let mut near = shape.schema.objects_with(key).map(|object| object.phrase());
    if let Some(first) = near.next() {
        let others: Vec<String> = near.filter(|name| *name != first).collect();
        let all = std::iter::once(first).chain(others).take(3).collect::<Vec<_>>();
        return Meant::Elsewhere(all.join(", "));
    }
    nearest(key, free.keys().iter().copied()).map_or(Meant::Nothing, Meant::Key)
}

/// A finding's text about a key of which nothing else is known: what to do, and the key that was meant.
fn advice(shape: &Shape<'_>, key: &str, free: &mut Free<'_>) -> (String, Option<&'static str>) {
    match meant(shape, key, free) {
        Meant::Key(known) => (format!("did you mean `{known}`?"), Some(known)),
        Meant::Elsewhere(names) => (format!("move it: it is a key of {names}"), None),
        Meant::Nothing => {
            ("take it out, or keep it in `user-context`, where every key is free".to_owned(), None)
        }
    }
}

/// The text of a key as it is shown.
fn shown(value: Element<'_>) -> String {
    let key = value.key().unwrap_or_default();
    let short: String = key.chars().take(64).collect();
    if short.len() < key.len() { format!("`{short}…`") } else { format!("`{short}`") }
}
