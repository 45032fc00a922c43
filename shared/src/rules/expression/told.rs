//! Telling what is found in the expressions of a configuration.

use crate::{
    diagnostic::Diagnostic,
    expr::{self, Context, Purpose},
    json::Element,
    rules::{self, Finding, Findings, Review, text_span::StringPlaces},
};
use std::{borrow::Cow, collections::BTreeSet};

/// Kea before 2.3.2 does not look at `template-test`.
const TEMPLATES: crate::KeaVersion = crate::KeaVersion::new(2, 3, 2);

/// Until so much is found, names are looked for that may have been meant.
const MOST_SUGGESTIONS: usize = 100;

/// Checks the tests of all classes, each with the classes in front of it.
pub(super) fn classes(review: &Review<'_>, out: &mut Findings) {
    let mut known: BTreeSet<Cow<'_, str>> = BTreeSet::new();
    let mut count = 0;
    for class in review.classes() {
        let (test, template) = (class.get("test"), class.get("template-test"));
        let template = template.filter(|_| review.version >= TEMPLATES);
        let tests =
            [test.map(|test| (test, Purpose::Test)), template.map(|test| (test, Purpose::TemplateTest))];
        for (element, purpose) in tests.into_iter().flatten() {
            let suggests = count < MOST_SUGGESTIONS;
            let context =
                Context { definitions: &review.definitions, purpose, classes: Some(&known), suggests };
            count += expression(element, &context, out);
        }
        known.extend(class.text("name"));
    }
}

/// Checks one expression; returns how much was found.
fn expression(element: Element<'_>, context: &Context<'_>, out: &mut Findings) -> usize {
    let Some(text) = element.as_str() else { return 0 };
    let found = expr::check(&expr::parse(&text), context);
    let count = found.len();
    if count > 0 {
        let places = StringPlaces::of_text(element);
        out.extend(found.into_iter().filter_map(|found| finding(element, &places, found)));
    }
    count
}

/// Checks an expression that a hook library reads. Kea itself does not, so its mistakes are not Kea's.
pub(super) fn in_hook(
    review: &Review<'_>,
    element: Element<'_>,
    purpose: Purpose,
    rule: &rules::Rule,
    count: &mut usize,
    out: &mut Findings,
) {
    let Some(text) = element.as_str().filter(|text| !text.is_empty()) else { return };
    let suggests = *count < MOST_SUGGESTIONS;
    let context = Context { suggests, ..Context::new(&review.definitions, purpose) };
    let places = StringPlaces::of_text(element);
    for mut found in expr::check(&expr::parse(&text), &context) {
        if found.is_error() {
            found.code = rule.code.to_owned();
        }
        *count += 1;
        out.extend(finding(element, &places, found));
    }
}

/// A finding about an expression as one about the document.
fn finding(element: Element<'_>, places: &StringPlaces<'_>, found: Diagnostic) -> Option<Finding> {
    let mut finding = rules::find(&found.code)?.at(element, found.message);
    if let Some(span) = &found.span {
        finding = finding.span(places.span(span.clone()));
    }
    if let Some(help) = found.help {
        finding = finding.help(help);
    }
    if let Some(fix) = found.fix {
        finding = finding.fix(fix.title, fix.edits.iter().map(|edit| places.edit(edit)).collect());
    }
    Some(finding)
}
