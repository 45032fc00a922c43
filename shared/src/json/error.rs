//! What Kea's readers cannot read, as data.

use super::{NodeId, TextEdit};
use crate::diagnostic::{Fix, Readers};
use std::ops::Range;

/// What kind of mistake it is. Each has a rule that explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SyntaxCode {
    /// A bracket, colon, value or quote that is missing or too much.
    Syntax,
    /// A comma that is missing, or stands before everything else.
    Comma,
    /// Two members of one map with the same key.
    DuplicateKey,
    /// A number in a form that Kea does not know, or too big.
    Number,
    /// A backslash in a text with something behind it that Kea does not know.
    Escape,
    /// A control character, such as a tab, in a text.
    ControlCharacter,
    /// A byte order mark.
    ByteOrderMark,
    /// `<?include "file"?>` that is not written like this.
    Include,
    /// Maps and lists in one another, deeper than Kea goes.
    Nesting,
}

impl SyntaxCode {
    /// The code of its findings, and of the rule that explains it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Syntax => "json/syntax",
            Self::Comma => "json/comma",
            Self::DuplicateKey => "json/duplicate-key",
            Self::Number => "json/number",
            Self::Escape => "json/escape",
            Self::ControlCharacter => "json/control-character",
            Self::ByteOrderMark => "json/byte-order-mark",
            Self::Include => "json/include",
            Self::Nesting => "json/nesting",
        }
    }
}

/// Something that one of Kea's readers cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What kind of mistake it is.
    pub code: SyntaxCode,
    /// The value that it is in.
    pub at: Option<NodeId>,
    /// The bytes that are meant. Empty: the place before that byte.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places that it is about.
    pub related: Vec<(Range<usize>, String)>,
    /// A change that certainly mends it.
    pub fix: Option<Fix>,
    /// Which readers refuse it. [`Readers::API`] means: Kea does not take the values, however they are written.
    pub refused_by: Readers,
    /// A change after which the rest can be read, such as a person would try.
    pub(crate) repair: Vec<TextEdit>,
}

impl SyntaxError {
    pub(super) fn new(code: SyntaxCode, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            code,
            at: None,
            span,
            message: message.into(),
            help: None,
            related: Vec::new(),
            fix: None,
            refused_by: Readers::BOTH,
            repair: Vec::new(),
        }
    }

    /// A mistake of [`SyntaxCode::Syntax`].
    pub(super) fn syntax(span: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(SyntaxCode::Syntax, span, message)
    }

    /// Whether only the reader of files stumbles over it, while its meaning is plain.
    pub(crate) fn is_readable(&self) -> bool {
        let is_plain =
            matches!(self.code, SyntaxCode::DuplicateKey | SyntaxCode::Escape | SyntaxCode::ControlCharacter);
        is_plain && self.refused_by == Readers::FILE
    }

    /// Whether everything around it is as it stands, so that what is missing there is missing.
    pub(crate) fn hides_nothing(&self) -> bool {
        self.code == SyntaxCode::Number || self.is_readable()
    }

    /// Whether it is about a number whose amount has more than 128 bits.
    pub(crate) fn is_beyond_128_bits(&self, text: &str) -> bool {
        let number = || text.get(self.span.clone()).unwrap_or_default().trim_start_matches(['-', '0']);
        self.code == SyntaxCode::Number && self.span.len() > 38 && number().parse::<u128>().is_err()
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn related(mut self, span: Range<usize>, message: &str) -> Self {
        self.related.push((span, message.to_owned()));
        self
    }

    /// Only the reader of files refuses it: sent over the API, the values are fine.
    pub(super) fn only_file(mut self) -> Self {
        self.refused_by = Readers::FILE;
        self
    }

    /// A change after which the rest can be read.
    pub(super) fn repair(mut self, span: Range<usize>, text: &str) -> Self {
        self.repair.push(TextEdit::replace(span, text));
        self
    }

    /// A repair that is certainly what was meant.
    pub(super) fn fix(self, title: &str, span: Range<usize>, text: &str) -> Self {
        self.fixes(title, vec![TextEdit::replace(span, text)])
    }

    pub(super) fn fixes(mut self, title: &str, edits: Vec<TextEdit>) -> Self {
        self.repair.clone_from(&edits);
        self.fix = Some(Fix { title: title.to_owned(), edits });
        self
    }
}
