//! Splitting `data` at its commas.

use std::{borrow::Cow, ops::Range};

/// One value of `data`: its text without escapes and outer blanks, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::option) struct Token<'t> {
    pub(in crate::option) text: Cow<'t, str>,
    pub(in crate::option) span: Range<usize>,
}

/// What Kea takes for blank around a value.
const BLANKS: [char; 3] = [' ', '\t', '\n'];

/// Splits at `delimiter`. A backslash keeps the delimiter or the backslash behind it; before anything else it stands
/// for itself. Values without any character are dropped, those of blanks are not.
pub(in crate::option) fn split(data: &str, delimiter: char, escapes: bool) -> Vec<Token<'_>> {
    let mut tokens = split_untrimmed(data, delimiter, escapes);
    tokens.iter_mut().for_each(Token::trim);
    tokens
}

/// Like [`split`], with the blanks around a value.
pub(in crate::option) fn split_untrimmed(data: &str, delimiter: char, escapes: bool) -> Vec<Token<'_>> {
    if escapes && data.contains('\\') {
        return split_escaped(data, delimiter);
    }
    let mut tokens = Vec::new();
    let mut start = 0;
    for text in data.split(delimiter) {
        let span = start..start + text.len();
        start = span.end + delimiter.len_utf8();
        if !text.is_empty() {
            tokens.push(Token { text: Cow::Borrowed(text), span });
        }
    }
    tokens
}

fn split_escaped(data: &str, delimiter: char) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut text = String::new();
    let mut start = None;
    let mut escaped = false;
    for (at, c) in data.char_indices() {
        if c == delimiter {
            if escaped {
                escaped = false;
                text.push(c);
            } else if let Some(start) = start.take() {
                push(&mut tokens, &mut text, start..at);
            }
            continue;
        }
        start.get_or_insert(at);
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        if escaped && c != '\\' {
            text.push('\\');
        }
        escaped = false;
        text.push(c);
    }
    if escaped {
        text.push('\\');
    }
    if let Some(start) = start {
        push(&mut tokens, &mut text, start..data.len());
    }
    tokens
}

fn push(tokens: &mut Vec<Token<'_>>, text: &mut String, span: Range<usize>) {
    if !text.is_empty() {
        tokens.push(Token { text: Cow::Owned(std::mem::take(text)), span });
    }
}

impl Token<'_> {
    fn trim(&mut self) {
        let is_blank = |byte: &u8| BLANKS.contains(&char::from(*byte));
        let bytes = self.text.as_bytes();
        if !bytes.first().is_some_and(is_blank) && !bytes.last().is_some_and(is_blank) {
            return;
        }
        let start = self.text.len() - self.text.trim_start_matches(BLANKS).len();
        let end = self.text.len() - self.text.trim_end_matches(BLANKS).len();
        self.span.start += start;
        self.span.end = self.span.end.saturating_sub(end).max(self.span.start);
        match &mut self.text {
            Cow::Borrowed(text) => *text = trim(text),
            Cow::Owned(text) => *text = trim(text).to_owned(),
        }
    }
}

/// The text without the blanks around it, as Kea trims.
pub(in crate::option) fn trim(text: &str) -> &str {
    text.trim_matches(BLANKS)
}

/// Text as one value of `data`: commas and backslashes get a backslash.
pub(in crate::option) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(data: &str) -> Vec<String> {
        split(data, ',', true).into_iter().map(|token| token.text.into_owned()).collect()
    }

    #[test]
    fn splits_like_kea() {
        for (data, expected) in [
            ("", &[][..]),
            (",", &[]),
            (",,a,,b,", &["a", "b"]),
            (" a , b\t", &["a", "b"]),
            (" ", &[""]),
            ("a\\,b", &["a,b"]),
            ("\\,a", &[",a"]),
            ("a\\\\,b", &["a\\", "b"]),
            ("a\\x", &["a\\x"]),
            ("a\\", &["a\\"]),
            ("\\", &["\\"]),
        ] {
            assert_eq!(texts(data), expected, "{data:?}");
        }
    }

    #[test]
    fn spans_leave_out_the_blanks() {
        let data = " 10.0.0.1 ,\t2 ";
        let spans: Vec<&str> =
            split(data, ',', true).into_iter().map(|token| data.get(token.span).unwrap()).collect();
        assert_eq!(spans, ["10.0.0.1", "2"]);
    }

    #[test]
    fn escaped_text_is_one_value_again() {
        for text in ["a,b", "a\\,b", "\\", ",,", "a\\x"] {
            assert_eq!(texts(&escape(text)), [text]);
        }
    }
}
