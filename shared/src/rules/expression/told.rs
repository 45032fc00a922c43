//! Telling what is found in the expressions of a configuration.

use crate::{
    diagnostic::Diagnostic,
    expr::{self, Context, Purpose},
    json::Element,
    rules::{
        self, Finding, Findings, Review,
        text_span::{text_edit, text_span},
    },
};
use std::{borrow::Cow, collections::BTreeSet};

/// Kea before 2.3.2 does not look at `template-test`.
const TEMPLATES: crate::KeaVersion = crate::KeaVersion::new(2, 3, 2);

/// Checks the tests of all classes, each with the classes in front of it.
pub(super) fn classes(review: &Review<'_>, out: &mut Findings) {
    let mut known: BTreeSet<Cow<'_, str>> = BTreeSet::new();
    for class in &review.places.classes {
        let (test, template) = (class.get("test"), class.get("template-test"));
        let template = template.filter(|_| review.version >= TEMPLATES);
        let tests =
            [test.map(|test| (test, Purpose::Test)), template.map(|test| (test, Purpose::TemplateTest))];
        for (element, purpose) in tests.into_iter().flatten() {
            expression(review, element, purpose, &known, out);
        }
        known.extend(class.text("name"));
    }
}

/// Checks one expression.
fn expression(
    review: &Review<'_>,
    element: Element<'_>,
    purpose: Purpose,
    known: &BTreeSet<Cow<'_, str>>,
    out: &mut Findings,
) {
    let Some(text) = element.as_str() else { return };
    let context = Context { definitions: &review.definitions, purpose, classes: Some(known) };
    for found in expr::check(&expr::parse(&text), &context) {
        out.extend(finding(element, found));
    }
}

/// Checks an expression that a hook library reads. Kea itself does not, so its mistakes are not Kea's.
pub(super) fn in_hook(
    review: &Review<'_>,
    element: Element<'_>,
    purpose: Purpose,
    rule: &rules::Rule,
    out: &mut Findings,
) {
    let Some(text) = element.as_str().filter(|text| !text.is_empty()) else { return };
    let context = Context { definitions: &review.definitions, purpose, classes: None };
    for mut found in expr::check(&expr::parse(&text), &context) {
        if found.is_error() {
            found.code = rule.code.to_owned();
        }
        out.extend(finding(element, found));
    }
}

/// A finding about an expression as one about the document.
fn finding(element: Element<'_>, found: Diagnostic) -> Option<Finding> {
    let mut finding = rules::find(&found.code)?.at(element, found.message);
    if let Some(span) = &found.span {
        finding = finding.span(text_span(element, span.clone()));
    }
    if let Some(help) = found.help {
        finding = finding.help(help);
    }
    if let Some(fix) = found.fix {
        finding = finding.fix(fix.title, fix.edits.iter().map(|edit| text_edit(element, edit)).collect());
    }
    Some(finding)
}
