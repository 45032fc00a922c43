//! Findings about a part of an expression.

use crate::{
    diagnostic::{Diagnostic, Fix},
    expr::Span,
    json::TextEdit,
};

/// A finding that Kea refuses.
pub(super) fn error(code: &str, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, message).span(span.range())
}

/// A finding that Kea accepts and the author will regret.
pub(super) fn warning(code: &str, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(code, message).span(span.range())
}

/// A finding of style.
pub(super) fn hint(code: &str, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::hint(code, message).span(span.range())
}

/// Adds a change of one place.
pub(super) fn fix(
    mut found: Diagnostic,
    title: impl Into<String>,
    span: Span,
    text: impl Into<String>,
) -> Diagnostic {
    found.fix =
        Some(Fix { title: title.into(), edits: vec![TextEdit { span: span.range(), text: text.into() }] });
    found
}
