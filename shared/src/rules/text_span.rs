//! From the text of a string to the place in the document where it is written.

use crate::json::{Element, NodeId, TextEdit, byte_text};
use std::ops::Range;

/// How the text of one string lies in the document: made once for all that is found in it.
#[derive(Debug)]
pub(super) struct StringPlaces<'d> {
    element: NodeId,
    /// What stands behind the quote, and where that is.
    inner: &'d str,
    start: usize,
    /// Where the closing quote is.
    end: usize,
    /// How many bytes of the text an escape from `\u0080` to `\u00ff` stands for.
    latin: usize,
    /// Places of the text and of the source that belong together, where there are escapes: one every [`STEP`] bytes.
    steps: Vec<(usize, usize)>,
}

/// Bytes between two places that are kept.
const STEP: usize = 256;

impl<'d> StringPlaces<'d> {
    /// For a text of [`Element::as_str`].
    pub(super) fn of_text(element: Element<'d>) -> Self {
        Self::new(element, 2)
    }

    /// For a text of [`Element::as_byte_text`], where characters of four bytes stand for single bytes.
    pub(super) fn of_bytes(element: Element<'d>) -> Self {
        Self::new(element, 4)
    }

    fn new(element: Element<'d>, latin: usize) -> Self {
        let (whole, source) = (element.span(), element.source());
        let inner = source.strip_prefix('"').unwrap_or(source);
        let start = whole.start + (source.len() - inner.len());
        let end = whole.end.max(start + 1) - 1;
        let mut steps = Vec::new();
        if inner.contains('\\') {
            let mut walk = Walk { inner, latin, source: 0, text: 0 };
            loop {
                steps.push((walk.text, walk.source));
                let before = walk.source;
                walk.to(walk.text + STEP);
                if walk.source == before {
                    break;
                }
            }
        }
        Self { element: element.id(), inner, start, end, latin, steps }
    }

    /// Whether it is about a value.
    pub(super) fn is_of(&self, element: Element<'_>) -> bool {
        self.element == element.id()
    }

    /// The bytes of the document that bytes of the text stand for: the same, but for the quote and for escapes.
    pub(super) fn span(&self, span: Range<usize>) -> Range<usize> {
        self.place(span.start)..self.place(span.end)
    }

    fn place(&self, at: usize) -> usize {
        let before = self.steps.partition_point(|(text, _)| *text <= at).checked_sub(1);
        let Some((text, source)) = before.and_then(|step| self.steps.get(step)).copied() else {
            return (self.start + at).min(self.end);
        };
        self.start + Walk { inner: self.inner, latin: self.latin, source, text }.to(at)
    }

    /// A change of the text as a change of the document.
    pub(super) fn edit(&self, edit: &TextEdit) -> TextEdit {
        let text = edit.text.replace('\\', "\\\\").replace('"', "\\\"");
        let text = if self.latin == 4 { byte_text::written(&text) } else { text };
        TextEdit { span: self.span(edit.span.clone()), text }
    }
}

/// A place in a string's source, and the place in its text that belongs to it.
struct Walk<'t> {
    inner: &'t str,
    /// How many bytes of the text an escape from `\u0080` to `\u00ff` stands for.
    latin: usize,
    source: usize,
    text: usize,
}

impl Walk<'_> {
    /// Goes on to a place in the text; gives the place in the source.
    fn to(&mut self, wanted: usize) -> usize {
        while self.text < wanted {
            let rest = self.inner.get(self.source..).unwrap_or_default();
            let (length, written) = match rest.chars().next() {
                None | Some('"') => break,
                Some('\\') => escape(rest, self.latin),
                Some(c) => (c.len_utf8(), c.len_utf8()),
            };
            self.text += length;
            self.source += written;
        }
        self.source
    }
}

/// How many bytes an escape stands for, and how many it takes.
fn escape(rest: &str, latin: usize) -> (usize, usize) {
    let digits = rest.strip_prefix("\\u").and_then(|digits| digits.get(..4));
    let unit = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match unit {
        // The halves of a pair stand for two bytes each.
        Some(0xd800..0xe000) => (2, 6),
        Some(0x80..=0xff) => (latin, 6),
        Some(unit) => (char::from_u32(unit).map_or(3, char::len_utf8), 6),
        None => (1, 1 + rest.chars().nth(1).map_or(0, char::len_utf8)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn spans_pass_over_single_bytes() {
        let document = parse(r#"["a\u00e9b"]"#);
        let element = document.root().unwrap().children().next().unwrap();
        assert_eq!(document.text().get(StringPlaces::of_bytes(element).span(1..5)), Some(r"\u00e9"));
        assert_eq!(document.text().get(StringPlaces::of_bytes(element).span(5..6)), Some("b"));
    }

    #[test]
    fn spans_pass_over_escapes() {
        for (text, span, expected) in [
            (r#"["ab,cd"]"#, 3..5, "cd"),
            (r#"["a\\,b,cd"]"#, 2..4, ",b"),
            (r#"["a\\,b,cd"]"#, 0..2, r"a\\"),
            (r#"["a\u00e9b"]"#, 1..3, r"\u00e9"),
            (r#"["é\"b"]"#, 3..4, "b"),
            (r#"["ab"]"#, 1..9, "b"),
            (r#"["a\n"]"#, 1..9, r"\n"),
            (r#"[""]"#, 0..0, ""),
        ] {
            let document = parse(text);
            let element = document.root().unwrap().children().next().unwrap();
            assert_eq!(text.get(StringPlaces::of_text(element).span(span)), Some(expected), "{text}");
        }
    }
    #[test]
    fn places_far_into_a_long_string() {
        let text = format!("[\"{}\"]", "a\\n\u{e9}\\u00e9".repeat(500));
        let document = parse(&text);
        let element = document.root().unwrap().children().next().unwrap();
        let places = StringPlaces::of_text(element);
        for piece in (0..500).step_by(7) {
            // Each piece has six bytes of text and eleven of source.
            let from = 2 + piece * 11;
            assert_eq!(places.span(piece * 6..piece * 6 + 4), from..from + 5);
            assert_eq!(places.span(piece * 6 + 4..piece * 6 + 6), from + 5..from + 11);
        }
    }
}
