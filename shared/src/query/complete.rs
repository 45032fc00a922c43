//! What can be written next: names of fields, comparisons, and the names that there are.

use super::{
    field::{Field, Kind as FieldKind},
    lexer::{Kind, Token, tokens},
};
use std::ops::Range;

/// How many offers are made.
const MOST: usize = 12;

/// The names that there are, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Of servers.
    pub servers: Vec<String>,
    /// Of shared networks.
    pub networks: Vec<String>,
    /// Of client classes.
    pub classes: Vec<String>,
}

/// What can be written at a place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What an offer takes the place of, in bytes.
    pub at: Range<usize>,
    /// The offers, the likeliest first.
    pub offers: Vec<Offer>,
}

/// One thing that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is written.
    pub text: String,
    /// What it means, in few words; empty: it says so itself.
    pub about: String,
}

/// What can be written where the cursor is, a place in bytes.
///
/// # Example
/// ```
/// use perch_shared::query::{Vocabulary, complete};
/// let known = Vocabulary { classes: vec!["voip".into(), "pxe".into()], ..Vocabulary::default() };
/// let texts = |text: &str| -> Vec<String> {
///     complete(text, text.len(), &known).offers.into_iter().map(|offer| offer.text).collect()
/// };
/// assert_eq!(texts("class=v"), ["voip"]);
/// assert_eq!(texts("fr"), ["free<"]);
/// ```
pub fn complete(text: &str, cursor: usize, known: &Vocabulary) -> Completion {
    let before = text.get(..cursor).unwrap_or(text);
    let tokens = tokens(before);
    let typed = tokens.last().filter(|last| last.at.end == before.len());
    let (partial, start, rest) = match typed.map(|last| (last.kind, last.at.start)) {
        Some((Kind::Word(word) | Kind::Quoted(word, false), start)) => {
            (word, start, tokens.get(..tokens.len().saturating_sub(1)).unwrap_or_default())
        }
        _ => ("", before.len(), tokens.as_slice()),
    };
    let mut offers = match awaited(rest) {
        Awaited::Value(field) => values(field, known, partial),
        Awaited::Sign(field) if partial.is_empty() => signs(field),
        Awaited::Term | Awaited::Sign(_) => terms(known, partial, false),
        Awaited::More => terms(known, partial, true),
    };
    offers.retain(|offer| offer.text != partial);
    offers.truncate(MOST);
    Completion { at: start..before.len(), offers }
}

/// What a place waits for.
enum Awaited {
    /// A condition.
    Term,
    /// The comparison of a field.
    Sign(Field),
    /// A value of a field.
    Value(Field),
    /// A word between conditions, or another one.
    More,
}

fn awaited(before: &[Token<'_>]) -> Awaited {
    let field_of = |token: Option<&Token<'_>>| match token?.kind {
        Kind::Word(word) => Field::named(word),
        _ => None,
    };
    let Some((last, rest)) = before.split_last() else { return Awaited::Term };
    match last.kind {
        Kind::Sign(..) => field_of(rest.last()).map_or(Awaited::Term, Awaited::Value),
        Kind::Word(_) if last.is("and") || last.is("or") || last.is("not") => Awaited::Term,
        Kind::Word(_) if last.is("in") => in_list(before).map_or(Awaited::More, Awaited::Value),
        Kind::Open | Kind::Comma => {
            let open = before.iter().rposition(|token| token.kind == Kind::Open);
            let head = open.and_then(|open| before.get(..open)).unwrap_or_default();
            in_list(head).map_or(Awaited::Term, Awaited::Value)
        }
        Kind::Word(word) => match (Field::named(word), rest.last().map(|token| token.kind)) {
            (Some(_), Some(Kind::Sign(..))) | (None, _) => Awaited::More,
            (Some(field), _) => Awaited::Sign(field),
        },
        Kind::Quoted(..) | Kind::Close => Awaited::More,
    }
}

/// The field of `field in` or `field not in` at the end.
fn in_list(before: &[Token<'_>]) -> Option<Field> {
    let (last, rest) = before.split_last()?;
    let rest = match rest.split_last() {
        Some((not, rest)) if not.is("not") => rest,
        _ => rest,
    };
    match rest.last()?.kind {
        Kind::Word(word) if last.is("in") => Field::named(word),
        _ => None,
    }
}

fn values(field: Field, known: &Vocabulary, partial: &str) -> Vec<Offer> {
    let names: &[String] = match field {
        Field::Server => &known.servers,
        Field::Network => &known.networks,
        Field::Class => &known.classes,
        Field::Family => {
            let both = ["dhcp4", "dhcp6"].into_iter().filter(|name| name.starts_with(partial));
            return both.map(|name| offer(name, "")).collect();
        }
        _ => &[],
    };
    let mut found: Vec<(bool, &String)> = names
        .iter()
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let partial = partial.to_lowercase();
            lower.contains(&partial).then(|| (!lower.starts_with(&partial), name))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, name)| offer(&quoted(name), "")).collect()
}

fn signs(field: Field) -> Vec<Offer> {
    let all: &[(&str, &str)] = match field.kind() {
        FieldKind::Text => &[
            ("=", "is"),
            ("!=", "is not"),
            ("=@", "contains"),
            ("=^", "begins with"),
            ("=$", "ends with"),
            ("=~", "matches a regular expression"),
            ("in (", "is one of"),
        ],
        FieldKind::Addresses => &[("in ", "lies in"), ("=", "is, or has the address"), ("=^", "begins with")],
        FieldKind::Family => &[("=", "is"), ("!=", "is not")],
        FieldKind::Number => &[("<", "less than"), (">", "more than"), ("=", "is"), ("in (", "is one of")],
    };
    all.iter().map(|(sign, about)| offer(sign, about)).collect()
}

/// Conditions that begin with what was typed, and names that contain it.
fn terms(known: &Vocabulary, partial: &str, is_more: bool) -> Vec<Offer> {
    let lower = partial.to_lowercase();
    let mut offers: Vec<Offer> = Vec::new();
    if is_more {
        let words = ["and", "or"].into_iter().filter(|word| word.starts_with(&lower));
        offers.extend(words.map(|word| offer(&format!("{word} "), "")));
    }
    let fields = Field::ALL.into_iter().filter(|field| field.name().starts_with(&lower));
    if !is_more || !partial.is_empty() {
        offers.extend(fields.map(|field| {
            let sign = match field.kind() {
                FieldKind::Number => "<",
                FieldKind::Addresses => " in ",
                FieldKind::Text | FieldKind::Family => "=",
            };
            offer(&format!("{}{sign}", field.name()), field.about())
        }));
    }
    if lower.chars().count() >= 2 {
        let all = [
            (Field::Class, &known.classes),
            (Field::Network, &known.networks),
            (Field::Server, &known.servers),
        ];
        for (field, names) in all {
            let named = names.iter().filter(|name| name.to_lowercase().contains(&lower));
            offers.extend(named.take(4).map(|name| offer(&format!("{}={}", field.name(), quoted(name)), "")));
        }
    }
    offers
}

/// A name as a value: in quotes where it would not be one word.
fn quoted(name: &str) -> String {
    let is_plain = matches!(tokens(name).as_slice(), [Token { kind: Kind::Word(word), .. }] if *word == name)
        && !["and", "or", "not", "in"].iter().any(|word| name.eq_ignore_ascii_case(word));
    match (is_plain, name.contains('"')) {
        (true, _) => name.to_owned(),
        (false, false) => format!("\"{name}\""),
        (false, true) => format!("'{name}'"),
    }
}

fn offer(text: &str, about: &str) -> Offer {
    Offer { text: text.to_owned(), about: about.to_owned() }
}
