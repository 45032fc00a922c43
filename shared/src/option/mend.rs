//! A fix for a part of the text that a finding is about.

use crate::{
    diagnostic::{Diagnostic, Fix},
    json::TextEdit,
};
use std::ops::Range;

/// Adds a certain change to a finding: `text` instead of the bytes of the value's text. In the value of a
/// configuration they are the bytes without JSON's escapes.
pub(super) fn mend(found: Diagnostic, span: Range<usize>, text: &str) -> Diagnostic {
    let title = if text.is_empty() { "remove it".to_owned() } else { format!("write `{text}`") };
    Diagnostic { fix: Some(Fix { title, edits: vec![TextEdit { span, text: text.to_owned() }] }), ..found }
}
