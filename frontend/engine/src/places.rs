//! Places in a text, counted in bytes here and in UTF-16 units in the browser: both ways in linear time.

use crate::talk::Place;
use perch_shared::json::Lines;
use std::ops::Range;

/// Finds places in one text.
#[derive(Debug)]
pub struct Places<'t>(Lines<'t>);

impl<'t> Places<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        Self(Lines::new(text))
    }

    /// The place of a range of bytes. What lies outside the text is at its end.
    pub fn place(&self, span: &Range<usize>) -> Place {
        let from = self.0.utf16_units(span.start);
        let to = if span.end > span.start { self.0.utf16_units(span.end) } else { from };
        let line = self.0.place(span.start).line;
        Place { from, to, line, column: self.0.utf16_column(span.start) }
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
