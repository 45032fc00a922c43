//! A finding about what somebody typed or configured, as plain data. Rendering is elsewhere.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How bad a finding is: a claim about Kea, so that it can be tested against Kea.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Style, or something a coming Kea deprecates.
    Hint,
    /// Kea accepts it and the operator will regret it.
    Warning,
    /// Kea refuses it.
    Error,
}

/// One finding. `message` says what, `help` says what to do; both begin in lower case, have no final stop and
/// put the operator's own text in backticks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Diagnostic {
    /// A stable name after the problem, such as `option-data/value`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it, as an imperative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The place in the configuration, such as `Dhcp4.option-data[2].data`; empty for a text that stands alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// The bytes of the value's text that are meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Range<usize>>,
}

impl Diagnostic {
    /// A finding that Kea refuses.
    pub fn error(code: &str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message.into())
    }

    /// A finding that Kea accepts and the operator will regret.
    pub fn warning(code: &str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message.into())
    }

    /// A finding of style, or about a coming Kea.
    pub fn hint(code: &str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Hint, message.into())
    }

    fn new(code: &str, severity: Severity, message: String) -> Self {
        Self { code: code.to_owned(), severity, message, help: None, path: String::new(), span: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the place in the configuration.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Adds the bytes of the text that are meant.
    #[must_use]
    pub fn span(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// Whether Kea refuses what this finding is about.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
