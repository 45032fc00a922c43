//! A finding about what somebody typed or configured, as plain data. Rendering is elsewhere.

use crate::json::TextEdit;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How bad a finding is: a claim about Kea, so that it can be tested against Kea.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Style, or something a coming Kea deprecates.
    Hint,
    /// Kea accepts it and the operator will regret it.
    Warning,
    /// Kea refuses it.
    Error,
}

/// One of Kea's two ways to read a configuration. They do not refuse the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// `kea-dhcpN -t FILE`, and the daemon's start.
    File,
    /// `config-test` and `config-set` over the control channel.
    Api,
}

/// A set of Kea's readers. Written as a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "Vec<Reader>", from = "Vec<Reader>")]
pub struct Readers {
    /// Whether [`Reader::File`] is in the set.
    pub file: bool,
    /// Whether [`Reader::Api`] is in the set.
    pub api: bool,
}

impl Readers {
    /// Both readers.
    pub const BOTH: Self = Self { file: true, api: true };
    /// Only the reader of files.
    pub const FILE: Self = Self { file: true, api: false };
    /// Only the reader of commands.
    pub const API: Self = Self { file: false, api: true };
    /// Neither.
    pub const NONE: Self = Self { file: false, api: false };

    /// Whether a reader is in the set.
    pub fn has(self, reader: Reader) -> bool {
        match reader {
            Reader::File => self.file,
            Reader::Api => self.api,
        }
    }

    /// Whether the set is empty.
    pub fn is_none(&self) -> bool {
        *self == Self::NONE
    }
}

impl From<Readers> for Vec<Reader> {
    fn from(readers: Readers) -> Self {
        [Reader::File, Reader::Api].into_iter().filter(|reader| readers.has(*reader)).collect()
    }
}

impl From<Vec<Reader>> for Readers {
    fn from(list: Vec<Reader>) -> Self {
        Self { file: list.contains(&Reader::File), api: list.contains(&Reader::Api) }
    }
}

/// One finding. `message` says what, `help` says what to do; both begin in lower case, have no final stop and
/// put the operator's own text in backticks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// The bytes that are meant: of the configuration's text where that was checked, else of the value's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Range<usize>>,
    /// Other places that the finding is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// A change that certainly mends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// Which of Kea's readers refuse it: at least one exactly when it is an error.
    #[serde(default, skip_serializing_if = "Readers::is_none")]
    pub refused_by: Readers,
}

/// Another place that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Related {
    /// What is there, such as `the first pool`.
    pub message: String,
    /// The place in the configuration.
    pub path: String,
    /// The bytes of the configuration's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Range<usize>>,
}

/// A change of the checked text that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fix {
    /// What it does, as an imperative: `rename it to valid-lifetime`.
    pub title: String,
    /// The change.
    pub edits: Vec<TextEdit>,
}

impl Diagnostic {
    /// A finding that Kea refuses.
    pub fn error(code: &str, message: impl Into<String>) -> Self {
        Self { refused_by: Readers::BOTH, ..Self::new(code, Severity::Error, message.into()) }
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
        Self {
            code: code.to_owned(),
            severity,
            message,
            help: None,
            path: String::new(),
            span: None,
            related: Vec::new(),
            fix: None,
            refused_by: Readers::NONE,
        }
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
