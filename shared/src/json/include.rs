//! `<?include "file"?>`: where it stands, and putting the files' text in its place.

use std::ops::Range;

/// A directive that names another file. Kea puts that file's text in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// The bytes of the whole directive.
    pub span: Range<usize>,
    /// The bytes of the file's name, without the quotes.
    pub file: Range<usize>,
}

/// The directive that begins with `<?` at `at`; an error says where the text that is no directive ends.
pub(super) fn directive(bytes: &[u8], at: usize) -> Result<Include, usize> {
    let blanks = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count()
    };
    let after = |at: usize, word: &[u8]| {
        let rest = bytes.get(at..).unwrap_or_default();
        rest.starts_with(word).then_some(at + word.len())
    };
    let read = || {
        let start = after(blanks(after(blanks(at + 2), b"include")?), b"\"")?;
        let name = bytes.get(start..)?.iter().position(|byte| matches!(byte, b'"' | b'\n'))?;
        let end = after(blanks(after(start + name, b"\"")?), b"?>")?;
        Some(Include { span: at..end, file: start..start + name }).filter(|_| name > 0)
    };
    read().ok_or_else(|| {
        let line = super::trivia::line_end(bytes, at);
        let rest = bytes.get(at..line).unwrap_or_default();
        rest.windows(2).position(|two| two == b"?>").map_or(line, |index| at + index + 2)
    })
}
