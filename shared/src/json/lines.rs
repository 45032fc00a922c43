//! Lines and columns of the places in a text.

/// A line and a column, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters. An editor in a browser counts UTF-16 units: see [`Lines::utf16_column`].
    pub column: usize,
}

/// Where the lines of a text begin. A place is found in the logarithm of their number, and the length of its line.
#[derive(Debug, Clone)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// How many lines there are: at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The place of a byte. One within a character is that character's; one behind the text is the text's end.
    pub fn place(&self, offset: usize) -> Place {
        let (line, before) = self.before(offset);
        Place { line, column: before.chars().count() + 1 }
    }

    /// The column of a byte, from 1, in UTF-16 units.
    pub fn utf16_column(&self, offset: usize) -> usize {
        self.before(offset).1.chars().map(char::len_utf16).sum::<usize>() + 1
    }

    /// The text of a line, numbered from 1, without its end.
    pub fn text(&self, line: usize) -> &'t str {
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied();
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        start.and_then(|start| self.text.get(start..end)).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }

    /// The number of a byte's line, and what stands before the byte in it.
    fn before(&self, offset: usize) -> (usize, &'t str) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).copied().unwrap_or_default();
        (line, self.text.get(start..offset).unwrap_or_default())
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
        assert_eq!(
            (lines.text(2), lines.text(4), lines.text(9), lines.text(0)),
            ("\u{e9}\u{1f600}b", "", "", "")
        );
    }
}
