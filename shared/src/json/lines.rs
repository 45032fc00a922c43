//! Lines and columns of the places in a text.

use super::trivia::boundary;
use std::ops::Range;

/// A line and a column, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters. An editor in a browser counts UTF-16 units: see [`Lines::utf16_column`].
    pub column: usize,
}

/// Bytes between two counts that are kept.
const STEP: usize = 1024;

/// What stands before a byte.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    characters: usize,
    /// UTF-16 units.
    units: usize,
}

impl Count {
    fn with(self, bytes: &[u8]) -> Self {
        if bytes.is_ascii() {
            return Self { characters: self.characters + bytes.len(), units: self.units + bytes.len() };
        }
        // A character counts at its first byte; one of four bytes is two units.
        let characters = bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        let beyond = bytes.iter().filter(|byte| **byte >= 0xf0).count();
        Self { characters: self.characters + characters, units: self.units + characters + beyond }
    }
}

/// Where the lines of a text begin. A place is found in the logarithm of their number, however long its line is.
#[derive(Debug, Clone)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// What stands before every [`STEP`]th byte.
    counts: Vec<Count>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub fn new(text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let mut count = Count::default();
        let counts = text.as_bytes().chunks(STEP).map(|chunk| {
            let with = count.with(chunk);
            std::mem::replace(&mut count, with)
        });
        let counts = counts.collect();
        Self { text, starts: std::iter::once(0).chain(ends).collect(), counts }
    }

    /// How many lines there are: at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The place of a byte. One within a character is that character's; one behind the text is the text's end.
    pub fn place(&self, offset: usize) -> Place {
        let (line, start, offset) = self.line_of(offset);
        Place { line, column: self.before(offset).characters - self.before(start).characters + 1 }
    }

    /// The column of a byte, from 1, in UTF-16 units.
    pub fn utf16_column(&self, offset: usize) -> usize {
        let (_, start, offset) = self.line_of(offset);
        self.before(offset).units - self.before(start).units + 1
    }

    /// How many UTF-16 units stand before a byte.
    pub fn utf16_units(&self, offset: usize) -> usize {
        self.before(self.line_of(offset).2).units
    }

    /// The bytes of a line, numbered from 1, without its end.
    pub fn span(&self, line: usize) -> Range<usize> {
        let Some(start) = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied() else {
            return 0..0;
        };
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let text = self.text.get(start..end).unwrap_or_default();
        start..start + text.trim_end_matches(['\n', '\r']).len()
    }

    /// The text of a line, numbered from 1, without its end.
    pub fn text(&self, line: usize) -> &'t str {
        self.text.get(self.span(line)).unwrap_or_default()
    }

    /// The number of a byte's line, where that begins, and where the byte's character begins.
    fn line_of(&self, offset: usize) -> (usize, usize, usize) {
        let offset = boundary(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or_default();
        (line, start, offset)
    }

    /// What stands before a byte.
    fn before(&self, offset: usize) -> Count {
        let step = (offset / STEP).min(self.counts.len().saturating_sub(1));
        let count = self.counts.get(step).copied().unwrap_or_default();
        count.with(self.text.as_bytes().get(step * STEP..offset).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let lines = Lines::new("a\n\u{e9}\u{1f600}b\r\n\n");
        for (offset, line, column, utf16) in [
            (0, 1, 1, 1),
            (1, 1, 2, 2),
            (2, 2, 1, 1),
            (3, 2, 1, 1),
            (4, 2, 2, 2),
            (8, 2, 3, 4),
            (11, 3, 1, 1),
            (99, 4, 1, 1),
        ] {
            assert_eq!(lines.place(offset), Place { line, column }, "{offset}");
            assert_eq!(lines.utf16_column(offset), utf16, "{offset}");
        }
        assert_eq!([4, 8, 11, 99].map(|offset| lines.utf16_units(offset)), [3, 5, 8, 9]);
        assert_eq!(
            (lines.text(2), lines.text(4), lines.text(9), lines.text(0)),
            ("\u{e9}\u{1f600}b", "", "", "")
        );
    }
    #[test]
    fn places_far_into_a_long_line() {
        let text = format!("x\n{}", "a\u{e9}\u{1f600}".repeat(2000));
        let lines = Lines::new(&text);
        for (column, (at, _)) in text.char_indices().skip(2).enumerate().step_by(333) {
            assert_eq!(lines.place(at), Place { line: 2, column: column + 1 });
            let units = text.get(2..at).unwrap().encode_utf16().count();
            assert_eq!((lines.utf16_column(at), lines.utf16_units(at)), (units + 1, units + 2));
        }
        assert_eq!(lines.utf16_units(usize::MAX), text.encode_utf16().count());
    }
}
