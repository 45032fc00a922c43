//! One walk over every `option-def` list of a configuration: all rules of this folder find what they find in it.

use super::RULES;
use crate::{
    Family,
    diagnostic::Diagnostic,
    json::{Element, Kind},
    option::{DefEntry, examine_def, taken_code, taken_name},
    rules::{Finding, Findings, Review, text_span::StringPlaces},
};
use std::collections::BTreeMap;

/// Runs the rules of this folder.
pub(super) fn check(review: &Review<'_>, out: &mut Findings) {
    list(review, review.root, out);
    for class in review.classes() {
        list(review, class, out);
    }
}

fn list(review: &Review<'_>, holder: Element<'_>, out: &mut Findings) {
    let Some(list) = holder.get("option-def") else { return };
    let maps = list.items().filter(|item| item.kind() == Kind::Map);
    let entries: Vec<(Element<'_>, DefEntry<'_>)> = maps.map(|def| (def, DefEntry::read(def))).collect();
    let mut seen = Seen { family: review.family, codes: BTreeMap::new(), names: BTreeMap::new() };
    for (element, entry) in &entries {
        for found in examine_def(review.family, review.version, entry) {
            out.extend(finding(*element, found));
        }
        seen.add(*element, entry, out);
    }
}

/// The definitions of the list so far.
struct Seen<'a> {
    family: Family,
    codes: BTreeMap<(&'a str, u16), (Element<'a>, &'a str)>,
    names: BTreeMap<(&'a str, &'a str), Element<'a>>,
}

impl<'a> Seen<'a> {
    fn add(&mut self, element: Element<'a>, entry: &'a DefEntry<'a>, out: &mut Findings) {
        let space = entry.space_or_default(self.family);
        let name = entry.name.as_deref();
        let mut report = |first: Element<'_>, found: Diagnostic| {
            let finding = finding(element, found);
            out.extend(finding.map(|finding| finding.related(first, "the other definition")));
        };
        if let Some(code) = entry.valid_code(self.family) {
            match self.codes.get(&(space, code)) {
                Some((first, by)) => report(*first, taken_code(code, by)),
                None => drop(self.codes.insert((space, code), (element, name.unwrap_or_default()))),
            }
        }
        if let Some(name) = name {
            match self.names.get(&(space, name)) {
                Some(first) => report(*first, taken_name(name)),
                None => drop(self.names.insert((space, name), element)),
            }
        }
    }
}

/// A finding of the definition's check as one about the document.
fn finding(element: Element<'_>, found: Diagnostic) -> Option<Finding> {
    let rule = RULES.iter().find(|rule| rule.code == found.code)?;
    let placed = match element.get(&found.path) {
        Some(value) => {
            let placed = rule.at(value, found.message);
            let places = StringPlaces::of_text(value);
            let placed = match found.span {
                Some(span) => placed.span(places.span(span)),
                None => placed,
            };
            match found.fix {
                Some(fix) => placed.fix(fix.title, fix.edits.iter().map(|edit| places.edit(edit)).collect()),
                None => placed,
            }
        }
        None => rule.at_map(element, found.message),
    };
    Some(match found.help {
        Some(help) => placed.help(help),
        None => placed,
    })
}

/// The check of a rule that this walk takes along.
pub(super) fn taken_along(_: &Review<'_>, _: &mut Findings) {}
