//! What a rule finds, while places are still numbers: paths are written once, for all findings together.

use super::Rule;
use crate::{
    diagnostic::{Diagnostic, Fix, Readers, Related, Severity},
    json::{Document, Element, NodeId, SyntaxError, TextEdit},
};
use std::ops::Range;

/// One finding of a rule.
#[derive(Debug)]
pub(crate) struct Finding {
    code: &'static str,
    severity: Severity,
    at: Option<NodeId>,
    span: Range<usize>,
    message: String,
    help: Option<String>,
    related: Vec<(NodeId, Range<usize>, String)>,
    fix: Option<Fix>,
    refused_by: Readers,
}

impl Rule {
    /// A finding about a value.
    pub(super) fn at(&self, element: Element<'_>, message: impl Into<String>) -> Finding {
        let refused_by = if self.severity == Severity::Error { Readers::BOTH } else { Readers::NONE };
        Finding {
            code: self.code,
            severity: self.severity,
            at: Some(element.id()),
            span: element.span(),
            message: message.into(),
            help: None,
            related: Vec::new(),
            fix: None,
            refused_by,
        }
    }

    /// A finding about the key of a value.
    pub(super) fn at_key(&self, element: Element<'_>, message: impl Into<String>) -> Finding {
        let finding = self.at(element, message);
        Finding { span: element.key_span().unwrap_or_else(|| element.span()), ..finding }
    }

    /// A finding about a map as a whole, such as something that is missing in it. Only its first line is marked.
    pub(super) fn at_map(&self, element: Element<'_>, message: impl Into<String>) -> Finding {
        let finding = self.at(element, message);
        let start = finding.span.start;
        Finding { span: element.key_span().unwrap_or(start..start + 1), ..finding }
    }
}

impl Finding {
    /// What Kea's reader cannot read.
    pub(crate) fn syntax(error: &SyntaxError, refused_by: Readers) -> Self {
        let related = error.related.iter();
        Self {
            code: error.code.code(),
            severity: Severity::Error,
            at: error.at,
            span: error.span.clone(),
            message: error.message.clone(),
            help: error.help.clone(),
            related: error
                .at
                .map(|at| related.map(|(span, message)| (at, span.clone(), message.clone())).collect())
                .unwrap_or_default(),
            fix: error.fix.clone(),
            refused_by,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Marks a part of the value, by bytes of the document's text.
    #[must_use]
    pub(crate) fn span(mut self, span: Range<usize>) -> Self {
        self.span = span;
        self
    }

    /// Adds another place that it is about.
    #[must_use]
    pub(crate) fn related(mut self, element: Element<'_>, message: impl Into<String>) -> Self {
        self.related.push((
            element.id(),
            element.key_span().unwrap_or_else(|| element.span()),
            message.into(),
        ));
        self
    }

    /// Adds a change that certainly mends it.
    #[must_use]
    pub(crate) fn fix(mut self, title: impl Into<String>, edits: Vec<TextEdit>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits });
        self
    }

    /// Says which readers refuse it, where that is not both.
    #[must_use]
    pub(crate) fn refused_by(mut self, readers: Readers) -> Self {
        self.refused_by = readers;
        self
    }
}

/// What has been found so far.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds findings.
    pub(crate) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.0.extend(findings);
    }

    /// The findings in the order of the text, with their paths.
    pub(crate) fn into_diagnostics(mut self, document: &Document<'_>) -> Vec<Diagnostic> {
        self.0.sort_by_key(|finding| finding.span.start);
        let mut places: Vec<NodeId> = self
            .0
            .iter()
            .flat_map(|found| found.at.into_iter().chain(found.related.iter().map(|related| related.0)))
            .collect();
        places.sort_unstable();
        places.dedup();
        let paths = document.paths(&places);
        let path = |id: NodeId| {
            let index = places.binary_search(&id).ok();
            index.and_then(|index| paths.get(index)).cloned().unwrap_or_default()
        };
        self.0.into_iter().map(|finding| finding.into_diagnostic(path)).collect()
    }
}

impl Finding {
    fn into_diagnostic(self, path: impl Fn(NodeId) -> String) -> Diagnostic {
        let related = self.related.into_iter();
        Diagnostic {
            code: self.code.to_owned(),
            severity: self.severity,
            message: self.message,
            help: self.help,
            path: self.at.map(&path).unwrap_or_default(),
            span: Some(self.span),
            related: related
                .map(|(id, span, message)| Related { message, path: path(id), span: Some(span) })
                .collect(),
            fix: self.fix,
            refused_by: self.refused_by,
        }
    }
}
