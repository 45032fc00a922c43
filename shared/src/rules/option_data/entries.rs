//! One walk over every `option-data` list of a configuration: all rules of this folder find what they find in it.

use super::{RULES, cycle, duplicate, no_holder, no_sub_options, undefined};
use crate::{
    diagnostic::Diagnostic,
    json::{Element, Kind, byte_text},
    option::{DefEntry, DefRef, Definitions, Entry, examine},
    rules::{
        Finding, Findings, Review,
        objects::{Key, Level},
        text_span::StringPlaces,
    },
};

/// An entry with the definition that it follows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) element: Element<'a>,
    pub(super) entry: &'a Entry<'a>,
    pub(super) definition: Option<DefRef<'a>>,
    /// Its space.
    pub(super) space: &'a str,
}

impl Placed<'_> {
    /// What to call the option.
    pub(super) fn title(&self) -> String {
        match (self.entry.name.as_deref(), self.definition, self.entry.code) {
            (Some(name), ..) => name.to_owned(),
            (None, Some(definition), _) => definition.name.to_owned(),
            (None, None, code) => code.unwrap_or_default().to_string(),
        }
    }
}

/// Until so many options have no definition, names are looked for that may have been meant.
const MOST_SUGGESTIONS: usize = 100;

/// Runs the rules of this folder.
pub(super) fn check(review: &Review<'_>, out: &mut Findings) {
    let definitions = &review.definitions;
    let may_circle = cycle::is_possible(definitions);
    let mut without = 0;
    for (holder, level) in review.objects.holders() {
        let Some(list) = holder.get(Key::OptionData) else { continue };
        let entries: Vec<(Element<'_>, Entry<'_>)> =
            maps(list).map(|element| (element, read(element, level))).collect();
        let own = own_definitions(review, holder.element, level);
        let placed: Vec<Placed<'_>> = entries
            .iter()
            .map(|(element, entry)| {
                let suggests = without < MOST_SUGGESTIONS;
                let placed = place(definitions, own.as_ref(), (*element, entry), suggests, out);
                without += usize::from(placed.definition.is_none());
                placed
            })
            .collect();
        duplicate::find(&placed, out);
        no_sub_options::find(&placed, out);
        no_holder::find(definitions.family, &placed, out);
        if may_circle {
            cycle::find(definitions.family, &placed, out);
        }
    }
}

/// The maps of a list.
fn maps(list: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    list.items().filter(|item| item.kind() == Kind::Map)
}

/// The entry. Only in the global list is `csv-format` true where nobody sets it; elsewhere the definition decides.
fn read(element: Element<'_>, level: Level) -> Entry<'_> {
    let mut entry = Entry::read(element);
    if level == Level::Global {
        entry.csv_format.get_or_insert(true);
    }
    entry
}

/// The definitions that a client class brings along.
fn own_definitions(review: &Review<'_>, holder: Element<'_>, level: Level) -> Option<Definitions> {
    let list = (level == Level::Class).then(|| holder.get("option-def")).flatten()?;
    let own = maps(list).filter_map(|def| DefEntry::read(def).definition(review.family));
    Some(Definitions::of(review.family, review.version, own.collect()))
}

fn place<'a>(
    definitions: &'a Definitions,
    own: Option<&'a Definitions>,
    (element, entry): (Element<'a>, &'a Entry<'a>),
    suggests: bool,
    out: &mut Findings,
) -> Placed<'a> {
    let examined = examine(definitions, own, entry, suggests);
    let mut places = None;
    for found in examined.diagnostics {
        out.extend(finding(element, entry, &mut places, found));
    }
    let space = entry.space_or_default(definitions.family);
    Placed { element, entry, definition: examined.definition, space }
}

/// A finding of the option's check as one about the document.
fn finding<'d>(
    element: Element<'d>,
    entry: &Entry<'_>,
    places: &mut Option<StringPlaces<'d>>,
    found: Diagnostic,
) -> Option<Finding> {
    let rule = RULES.iter().find(|rule| rule.code == found.code)?;
    let message = byte_text::shown(&found.message);
    let key = match found.path.as_str() {
        "" if found.span.is_some() => "data",
        key => key,
    };
    let fix = if found.code == undefined::RULE.code { undefined::fix(element, entry) } else { None };
    let placed = match element.get(key) {
        Some(value) => {
            let placed = rule.at(value, message);
            if !places.as_ref().is_some_and(|places| places.is_of(value)) {
                *places = Some(StringPlaces::of_bytes(value));
            }
            let places = places.as_ref()?;
            let span = found.span.filter(|span| !span.is_empty()).map(|span| places.span(span));
            let placed = if let Some(span) = span { placed.span(span) } else { placed };
            match found.fix {
                Some(fix) => placed.fix(fix.title, fix.edits.iter().map(|edit| places.edit(edit)).collect()),
                None => placed,
            }
        }
        None => rule.at_map(element, message),
    };
    let placed = match fix {
        Some((title, edits)) => placed.fix(title, edits),
        None => placed,
    };
    Some(match found.help {
        Some(help) => placed.help(byte_text::shown(&help)),
        None => placed,
    })
}

/// The check of a rule that this walk takes along.
pub(super) fn taken_along(_: &Review<'_>, _: &mut Findings) {}
