//! From the text of a string to the place in the document where it is written.

use crate::json::{Element, TextEdit, byte_text};
use std::ops::Range;

/// The bytes of the document that bytes of a string's text stand for: the same, but for the quote and for escapes.
pub(super) fn text_span(element: Element<'_>, span: Range<usize>) -> Range<usize> {
    span_of(element, span, 2)
}

/// The same for a text of [`Element::as_byte_text`], where characters of four bytes stand for single bytes.
pub(super) fn byte_text_span(element: Element<'_>, span: Range<usize>) -> Range<usize> {
    span_of(element, span, 4)
}

fn span_of(element: Element<'_>, span: Range<usize>, latin: usize) -> Range<usize> {
    let whole = element.span();
    let source = element.source();
    let inner = source.strip_prefix('"').unwrap_or(source);
    let start = whole.start + (source.len() - inner.len());
    if !inner.contains('\\') {
        let end = whole.end.max(start + 1) - 1;
        return (start + span.start).min(end)..(start + span.end).min(end);
    }
    let mut place = Walk { inner, latin, source: 0, text: 0 };
    let from = place.to(span.start);
    let to = place.to(span.end);
    start + from..start + to
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

/// A change of a string's text as a change of the document.
pub(super) fn text_edit(element: Element<'_>, edit: &TextEdit) -> TextEdit {
    TextEdit { span: text_span(element, edit.span.clone()), text: escaped(&edit.text) }
}

/// The same for a text of [`Element::as_byte_text`].
pub(super) fn byte_text_edit(element: Element<'_>, edit: &TextEdit) -> TextEdit {
    TextEdit {
        span: byte_text_span(element, edit.span.clone()),
        text: byte_text::written(&escaped(&edit.text)),
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn spans_pass_over_single_bytes() {
        let document = parse(r#"["a\u00e9b"]"#);
        let element = document.root().unwrap().children().next().unwrap();
        assert_eq!(document.text().get(byte_text_span(element, 1..5)), Some(r"\u00e9"));
        assert_eq!(document.text().get(byte_text_span(element, 5..6)), Some("b"));
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
            assert_eq!(text.get(text_span(element, span)), Some(expected), "{text}");
        }
    }
}
