//! Places in a text, counted in bytes here and in UTF-16 units in the browser: both ways in linear time.

use crate::talk::Place;
use std::ops::Range;

/// Bytes between two counts that are kept.
const STEP: usize = 4096;

/// What stands before a place.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    units: usize,
    lines: usize,
}

impl Count {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            // A character counts at its first byte; one of four bytes is two units.
            self.units += usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0);
            self.lines += usize::from(byte == b'\n');
        }
    }
}

/// Finds places in one text.
#[derive(Debug)]
pub struct Places<'t> {
    text: &'t [u8],
    /// What stands before every [`STEP`]th byte.
    counts: Vec<Count>,
}

impl<'t> Places<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        let text = text.as_bytes();
        let mut count = Count::default();
        let counts = text.chunks(STEP).map(|chunk| {
            let before = count;
            count.add(chunk);
            before
        });
        Self { counts: counts.collect(), text }
    }

    /// The place of a range of bytes. What lies outside the text is at its end.
    pub fn place(&self, span: &Range<usize>) -> Place {
        let start = self.count(span.start);
        let bytes = self.text.get(..span.start).unwrap_or(self.text);
        let line = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let mut column = Count::default();
        column.add(bytes.get(line..).unwrap_or_default());
        let to = if span.end > span.start { self.count(span.end).units } else { start.units };
        Place { from: start.units, to, line: start.lines + 1, column: column.units + 1 }
    }

    fn count(&self, byte: usize) -> Count {
        let byte = byte.min(self.text.len());
        let Some(&before) = self.counts.get(byte / STEP).or(self.counts.last()) else {
            return Count::default();
        };
        let from = (byte / STEP).min(self.counts.len() - 1) * STEP;
        let mut count = before;
        count.add(self.text.get(from..byte).unwrap_or_default());
        count
    }
}

/// The byte at which so many UTF-16 units end; the text's end when there are fewer. One inside a character is at its
/// beginning.
pub fn byte_of(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, letter) in text.char_indices() {
        match left.checked_sub(letter.len_utf16()) {
            Some(rest) if left > 0 => left = rest,
            _ => return at,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_beyond_the_first_plane_is_two_units() {
        let text = "aé\n𝄞b";
        for (span, from, to, line, column) in [
            (0..1, 0, 1, 1, 1),
            (1..3, 1, 2, 1, 2),
            (4..8, 3, 5, 2, 1),
            (8..9, 5, 6, 2, 3),
            (9..9, 6, 6, 2, 4),
            (50..60, 6, 6, 2, 4),
        ] {
            assert_eq!(Places::new(text).place(&span), Place { from, to, line, column }, "{span:?}");
        }
    }

    #[test]
    fn both_ways_agree_far_into_a_text() {
        let text = "é𝄞\nabc".repeat(3000);
        let places = Places::new(&text);
        for (byte, _) in text.char_indices().step_by(777) {
            let units = places.place(&(byte..byte)).from;
            assert_eq!(units, text.get(..byte).unwrap().encode_utf16().count());
            assert_eq!(byte_of(&text, units), byte);
        }
        assert_eq!(byte_of(&text, usize::MAX), text.len());
    }

    #[test]
    fn an_empty_text_has_one_place() {
        assert_eq!(Places::new("").place(&(0..0)), Place { from: 0, to: 0, line: 1, column: 1 });
        assert_eq!(byte_of("", 3), 0);
        assert_eq!(byte_of("𝄞", 1), 0);
    }
}
